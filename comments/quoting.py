"""What an answer quotes of the comment that it answers."""

MOST_QUOTED = 600


def quote(body):
    """The beginning of a text as a Markdown quotation, without what it quotes itself, and room to answer below it."""
    lines = body.splitlines()
    own = "\n".join(line for line in lines if not line.lstrip().startswith(">")).strip() or body
    if len(own) > MOST_QUOTED:
        own = own[:MOST_QUOTED].rsplit(maxsplit=1)[0] + " …"
    return "".join(f"> {line}".rstrip() + "\n" for line in own.splitlines()) + "\n"
