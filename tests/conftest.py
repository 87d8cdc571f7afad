import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crash-rounds", type=int, default=25, help="rounds of tests/crash (default: %(default)s)")
    parser.addoption("--crash-seed", type=int, default=1, help="the first of their seeds (default: %(default)s)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "crash_seed" in metafunc.fixturenames:
        first = metafunc.config.getoption("--crash-seed")
        metafunc.parametrize("crash_seed", range(first, first + metafunc.config.getoption("--crash-rounds")))
