%% RabbitMQ's first lines (BOOT_MODULE in rabbitmq-env.conf): loads the modules of the server, says so by the file /dev/shm/loaded, and
%% lets the server start when it has the lock, which flock holds until this machine ends. So a new server loads while the former one works.
Needs = fun Needs([], Found) -> Found;
            Needs([Application | Rest], Found) ->
                case lists:member(Application, Found) of
                    true -> Needs(Rest, Found);
                    false ->
                        application:load(Application),
                        {ok, More} = case application:get_key(Application, applications) of undefined -> {ok, []}; Known -> Known end,
                        Needs(More ++ Rest, [Application | Found])
                end
        end.
Present = [Application || {Application, _, _} <- application:loaded_applications()].
Needed = Needs([rabbit, rabbitmq_prelaunch], []).
code:ensure_modules_loaded([Module || Application <- Needed, {ok, Modules} <- [application:get_key(Application, modules)], Module <- Modules]).
%% The server reads its settings before it loads its applications.
[application:unload(Application) || Application <- Needed -- Present].
Starter = self().
%% The port is closed, and with it the lock, when its owner ends.
spawn(fun() ->
          Port = open_port({spawn_executable, "/usr/bin/flock"}, [{args, ["/var/lib/rabbitmq/undercloud.lock", "sh", "-c", "echo; exec cat"]}]),
          receive {Port, {data, _}} -> Starter ! alone end,
          receive never -> ok end
      end).
file:write_file("/dev/shm/loaded", "").
receive alone -> ok end.
