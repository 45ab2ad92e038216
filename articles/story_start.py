"""What the form of a new story starts with, before anybody has typed."""

from authors.models import Author

from .models import Article, Revision


def usual_for(user):
    """Section, author and origin of the person's last saved story; before the first one, the person's own name."""
    columns = ("content__category", "content__author", "content__origin")
    last = Revision.objects.filter(created_by=user).order_by("-id").values_list(*columns).first()
    if last is None:
        own = Author.objects.filter(user=user, kind=Author.Kind.HUMAN, is_active=True).first()
        return {"author": own.slug, "origin": Article.Origin.HUMAN} if own else {}
    usual = {name: value for name, value in zip(("category", "author", "origin"), last, strict=True) if value}
    if not Author.objects.filter(slug=usual.get("author"), is_active=True).exists():
        usual.pop("author", None)
    return usual
