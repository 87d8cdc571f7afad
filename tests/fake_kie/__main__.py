"""`python -m tests.fake_kie --port 9000`: says its address and serves until it is interrupted."""

import argparse
import sys

from tests.fake_kie.fake import FakeKie
from tests.fake_kie.world import BALANCE, KEY


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_kie", description="A fake Kie.ai on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0, as by default, takes a free one")
    parser.add_argument("--key", default=KEY, help="the API key that is let in (default: %(default)s)")
    parser.add_argument("--credits", default=BALANCE, help="its balance (default: %(default)s)")
    parser.add_argument("--webhook-key", default="", help="signs callbacks with it")
    asked = parser.parse_args()
    kie = FakeKie(asked.port, key=asked.key, balance=asked.credits)
    kie.callbacks.key = asked.webhook_key
    with kie:
        sys.stdout.write(f"{kie.url}\n")
        sys.stdout.flush()
        try:
            kie.stopping.wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
