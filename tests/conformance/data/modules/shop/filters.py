"""Filters as programs write their own."""


class Mask:
    def __init__(self, words):
        self.words = words

    def filter(self, record):
        if record.msg in self.words:
            record.msg = '***'
        return True
