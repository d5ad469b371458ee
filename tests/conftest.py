"""What all tests share."""

from __future__ import annotations

import pytest

from tests.crawl.conftest import scripted, site

__all__ = ["scripted", "site"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="the long tests at their full size (make soak)")


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    """Whether the long tests run at their full size."""
    return bool(pytestconfig.getoption("--soak"))
