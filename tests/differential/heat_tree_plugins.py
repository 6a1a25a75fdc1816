"""Resources that need a live service, made to stand for themselves."""


def install():
    pass
