"""How the files of a request are received: in memory and bounded, so that no upload fills a disk."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Keeps PHOTO_MAX_BYTES of a request's files. One that leads beyond is only counted, for its form to refuse."""

    def __init__(self, request=None):
        super().__init__(request)
        self.total = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        self.total += len(raw_data)
        if self.total <= settings.PHOTO_MAX_BYTES:
            self.file.write(raw_data)
        else:
            self.file = BytesIO()

    def file_complete(self, file_size):
        self.file.seek(0)
        size = file_size if self.total <= settings.PHOTO_MAX_BYTES else self.total
        about = (self.field_name, self.file_name, self.content_type, size, self.charset, self.content_type_extra)
        return InMemoryUploadedFile(self.file, *about)
