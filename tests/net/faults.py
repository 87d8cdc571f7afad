"""What other sides do wrong, to be told to a `Server`."""

from tests.net.server import Talk

HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"


def hang(talk: Talk) -> None:
    talk.hang()


def hang_in_the_middle(talk: Talk) -> None:
    talk.say(HALF)
    talk.hang()


def reset(talk: Talk) -> None:
    talk.reset()


def drip_a_head(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    talk.drip()


def drip_a_body(talk: Talk) -> None:
    talk.say(ENDLESS)
    talk.drip()


def drip_news(talk: Talk) -> None:
    while not talk.over.wait(0.02):
        talk.say(b"HTTP/1.1 100 Continue\r\n\r\n")


def flood(talk: Talk) -> None:
    talk.say(ENDLESS)
    while not talk.over.is_set():
        talk.say(b"x" * 65536)
