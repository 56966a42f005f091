"""Fixtures that several test files share."""

from page_site import chromium, site  # noqa: F401 - found by pytest under these names
