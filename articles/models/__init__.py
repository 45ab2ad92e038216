"""What the publication consists of, by subject; import from here."""

from .details import ArticlePhoto, ArticleSearch, ArticleSource, ArticleStats, ArticleTag, DeskSearch, Discussion, Like
from .site import Placement, Redirect, StandingPage
from .stories import Article, Correction, Publication, RecordCounter, Revision
from .vocabulary import Category, Place, Source, Tag
from .work import Note, Presence, PreviewLink, UnsavedText

__all__ = [
    "Article",
    "ArticlePhoto",
    "ArticleSearch",
    "ArticleSource",
    "ArticleStats",
    "ArticleTag",
    "Category",
    "Correction",
    "DeskSearch",
    "Discussion",
    "Like",
    "Note",
    "Place",
    "Placement",
    "Presence",
    "PreviewLink",
    "Publication",
    "RecordCounter",
    "Redirect",
    "Revision",
    "Source",
    "StandingPage",
    "Tag",
    "UnsavedText",
]
