"""Which files a set of renditions consists of: what is to be made of a photo, and what lies in the storage of one."""

from . import recipe
from .xmp import packet


def first_set(photo):
    """(renditions as Photo keeps them, files): what is made while the upload waits."""
    formats = {name: recipe.FORMATS[name] for name in recipe.FIRST["formats"]}
    return _planned(photo, "first", recipe.FIRST["shapes"], formats)


def whole_set(photo):
    """(renditions as Photo keeps them, files as photos.cutting takes them): all that a photo should have."""
    renditions, files = _planned(photo, recipe.key_of(photo), recipe.WIDTHS, recipe.FORMATS)
    renditions["search"] = [shape for shape in recipe.SEARCH_SHAPES if _suits_search(photo, shape)]
    missing = [shape for shape in renditions["search"] if recipe.SEARCH_WIDTH not in renditions[shape]]
    formats = {recipe.SEARCH_FORMAT: recipe.FORMATS[recipe.SEARCH_FORMAT]}
    for shape in missing:
        files += _files(photo, renditions["key"], shape, [recipe.SEARCH_WIDTH], formats)
    return renditions, files


def names_in(token, renditions):
    """The files of a set, by their names in the storage."""
    folder, search = recipe.folder(token, renditions["key"]), renditions.get("search", [])
    shapes = [shape for shape in recipe.SHAPES if shape in renditions]
    rows = [(shape, width, form) for shape in shapes for width in renditions[shape] for form in renditions["formats"]]
    rows += [(shape, recipe.SEARCH_WIDTH, recipe.SEARCH_FORMAT) for shape in search]
    return list(dict.fromkeys(_name(folder, *row) for row in rows))


def _planned(photo, key, shapes, formats):
    renditions, files = {"key": key, "formats": list(formats)}, []
    for shape, widths in shapes.items():
        renditions[shape] = recipe.widths_of(widths, _part_width(photo, shape))
        files += _files(photo, key, shape, renditions[shape], formats)
    return renditions, files


def _files(photo, key, shape, widths, formats):
    whole, xmp = (photo.width, photo.height), packet(photo)
    folder, box = recipe.folder(photo.token, key), _box(photo, shape)
    return [
        {
            "name": _name(folder, shape, width, form),
            "box": box,
            "size": (width, recipe.height_of(shape, width, whole)),
            "options": options,
            "xmp": xmp,
        }
        for width in widths
        for form, options in formats.items()
    ]


def _name(folder, shape, width, form):
    return f"{folder}/{shape}-{width}.{form}"


def _box(photo, shape):
    return recipe.cut(photo.width, photo.height, shape, photo.focal_x, photo.focal_y)


def _part_width(photo, shape):
    left, _top, right, _bottom = _box(photo, shape)
    return right - left


def _suits_search(photo, shape):
    return _part_width(photo, shape) * recipe.SEARCH_SCALE >= recipe.SEARCH_WIDTH
