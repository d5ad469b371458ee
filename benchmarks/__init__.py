"""Ratios measured in one run on one machine; `make bench` prints them all. Never part of the tests."""
