# Runs once, when the interpreter's snapshot is made: SOURCES (JSON of file name -> text) becomes the package ask_codebase.
import json
import os
import sys

# Imported now, they cost nothing later: the snapshot holds them.
import abc, array, ast, asyncio, base64, bisect, codecs, collections, collections.abc, colorsys, concurrent.futures  # noqa
import configparser, contextlib, copy, csv, dataclasses, datetime, decimal, difflib, enum, fnmatch, fractions, functools  # noqa
import gc, glob, gzip, hashlib, heapq, html, html.parser, inspect, io, itertools, keyword, linecache, locale, logging, math  # noqa
import operator, os.path, pathlib, pickle, pprint, queue, random, re, secrets, shlex, shutil, signal, sqlite3, statistics  # noqa
import string, struct, tempfile, textwrap, threading, time, timeit, token, tokenize, tomllib, traceback, types, typing  # noqa
import unicodedata, unittest, urllib.parse, uuid, warnings, weakref, xml.etree.ElementTree, zipfile, zlib  # noqa

os.makedirs("/lib/repl/ask_codebase")
for _name, _text in json.loads(SOURCES).items():
    with open(f"/lib/repl/ask_codebase/{_name}", "w") as _file:
        _file.write(_text)
sys.path.insert(0, "/lib/repl")
import ask_codebase.main  # noqa

sys.path.remove("/lib/repl")
del SOURCES, _name, _text, _file
gc.collect()
