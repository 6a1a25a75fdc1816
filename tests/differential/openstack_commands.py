# Runs command lines of the openstack client with our plugin and a stub in the place of the program.
# In: a JSON list of {"line", "place"}; place says where the stub is. Out: what was written and the exit code, for each.
# Argument: the plugin's directory.
import json
import os
import shutil
import sys
import tempfile

# The client loads with the plugin in place, once for all lines.
WORK = tempfile.mkdtemp()
PLUGIN = os.path.join(WORK, "checkout", "openstackclient")
shutil.copytree(sys.argv[1], PLUGIN)
sys.path.insert(0, PLUGIN)
sys.dont_write_bytecode = True
os.environ.clear()
os.environ.update({"HOME": WORK, "PATH": "/usr/bin:/bin", "COLUMNS": "200", "LC_ALL": "C.UTF-8"})
os.chdir(WORK)

from openstackclient import shell  # noqa: E402

STUB = """#!/bin/sh
ignored=$(sed -n 's/^SigIgn:[^0-9a-f]*//p' /proc/self/status)
[ $((0x$ignored & 0x1001000)) = 0 ] || echo "SIGPIPE or SIGXFSZ is ignored"
printf '%s' "${0##*/}"
printf ' %s' "$@"
exit 7
"""
PLACES = {
    "path": "bin/undercloud",
    "client": "client/undercloud",
    "checkout": "checkout/undercloud",
    "record": "elsewhere/undercloud",
    "unusable": "bin/undercloud",
}
RECORD = os.path.join(PLUGIN, "undercloudclient", "program")


def put(place):
    for path in list(PLACES.values()) + [RECORD]:
        if os.path.exists(path):
            os.unlink(path)
    if place == "none":
        return
    path = os.path.join(WORK, PLACES[place])
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as stub:
        stub.write("#!/nowhere/sh\n" if place == "unusable" else STUB)
    os.chmod(path, 0o755)
    if place == "record":
        with open(RECORD, "w") as record:
            record.write(path + "\n")


def child(words):
    os.environ["PATH"] = os.path.join(WORK, "bin") + ":/usr/bin:/bin"
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(os.path.join(WORK, name), os.O_CREAT | os.O_TRUNC | os.O_WRONLY), number)
    sys.argv = [os.path.join(WORK, "client", "openstack")] + words
    code = shell.main(words)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def run(case):
    put(case["place"])
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            code = child(case["line"].split())
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with open(os.path.join(WORK, "out")) as out, open(os.path.join(WORK, "err")) as err:
        return {"out": out.read(), "err": err.read(), "code": code}


try:
    json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
finally:
    shutil.rmtree(WORK)
