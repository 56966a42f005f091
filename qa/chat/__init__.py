"""Answers in fluent prose by a chat model, never less provable than the extractive ones."""

from qa.chat.faults import ChatFault, Fault, FaultKind
from qa.chat.generator import ChatGenerator, is_wanted

__all__ = ["ChatFault", "ChatGenerator", "Fault", "FaultKind", "is_wanted"]
