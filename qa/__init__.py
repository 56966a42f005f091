"""From a question to an answer with citations."""

from qa.answer import Answer, Citation, Question, Statement, Turn
from qa.answerer import Answerer
from qa.settings import Settings

__all__ = ["Answer", "Answerer", "Citation", "Question", "Settings", "Statement", "Turn"]
