"""What the publication consists of, by subject; import from here."""

from .details import ArticlePhoto, ArticleSearch, ArticleSource, ArticleStats, ArticleTag, Like
from .site import Placement, Redirect, StandingPage
from .stories import Article, Correction, Publication, RecordCounter, Revision
from .vocabulary import Category, Place, Source, Tag

__all__ = [
    "Article",
    "ArticlePhoto",
    "ArticleSearch",
    "ArticleSource",
    "ArticleStats",
    "ArticleTag",
    "Category",
    "Correction",
    "Like",
    "Place",
    "Placement",
    "Publication",
    "RecordCounter",
    "Redirect",
    "Revision",
    "Source",
    "StandingPage",
    "Tag",
]
