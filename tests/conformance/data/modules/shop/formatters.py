"""Formatters as programs write their own."""
import logging


class Coloured(logging.Formatter):
    def format(self, record):
        return '\x1b[1m%s\x1b[0m' % super().format(record)


class Levels(logging.Formatter):
    def __init__(self, fmt=None, datefmt=None, style='%', use_colors=None):
        super().__init__(fmt, datefmt, style)

    def format(self, record):
        record.levelprefix = '%s:' % record.levelname
        return super().format(record)
