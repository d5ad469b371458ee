"""Spiders: in which order a site is walked. They hold no selectors and never ask the archive."""
