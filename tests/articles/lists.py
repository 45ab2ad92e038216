"""Walks the pages of a list as a reader does, by its links."""

from urllib.parse import urljoin

from tests.reading import read


def titles_on(page, stories):
    """The titles of these stories that the page lists, in its order."""
    by_path = {story.get_absolute_url(): story.title for story in stories}
    return list(dict.fromkeys(by_path[link] for link in page.links if link in by_path))


def walk(client, path, rel, stories):
    """The pages from this one on, by 'next' (Older) or 'prev' (Newer): ([titles, …], the last address)."""
    pages = []
    while True:
        page = read(client, path)
        pages.append(titles_on(page, stories))
        links = page.all("a", rel=rel)
        if not links or len(pages) > 20:
            return pages, path
        path = urljoin(path, links[0]["href"])
