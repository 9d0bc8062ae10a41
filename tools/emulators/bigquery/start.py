"""
Starts bqemulator as this project needs it: its own command line, with five things put right.

1. DuckDB's spatial extension is not loaded. It would be downloaded, and no table here holds a GEOGRAPHY.
2. A script that ends by a RAISE fails as an invalid query; bqemulator 1.4.0 answers with an internal error instead.
3. Scripts are given the query's parameters, as BigQuery gives them (bqemulator 1.4.0 binds them in single statements only).
4. A text is parsed once and its tree copied after that. bqemulator parses every statement of a script some twenty times, which is nearly all of its time.
5. A dry run tells the bytes of the columns and partitions that a query names (bqemulator 1.4.0 says 0).
"""
import contextvars
import functools
import sys

from sqlglot import exp, parse_one
from sqlglot.dialects.dialect import Dialect

from bqemulator.api.routes import jobs
from bqemulator.jobs import executor
from bqemulator.scripting import interpreter
from bqemulator.scripting.exceptions import ScriptRaise
from bqemulator.sql import parameters
from bqemulator.storage.engine import DuckDBEngine

from dry_run_bytes import dry_run_bytes

DuckDBEngine._load_spatial = lambda self: None
DuckDBEngine._load_format_extensions = lambda self: None

query_parameters = contextvars.ContextVar("query_parameters", default={})
run_query_body = executor._run_query_body
rewrite_variables = interpreter._rewrite_vars_to_params


async def run_with_parameters(*, query_params, **others):
    query_parameters.set({p["name"]: p for p in query_params or [] if p.get("name")})
    try:
        return await run_query_body(query_params=query_params, **others)
    except ScriptRaise as raised:
        raise raised.error from raised


def rewrite_variables_and_parameters(text, frames):
    known = query_parameters.get()
    if known and "@" in text:
        tree = parse_one(text, read="bigquery")
        for node in list(tree.find_all(exp.Parameter)):
            parameter = known.get(node.name)
            if parameter is None:
                continue
            name = "query_parameter_" + node.name
            value = parameters._extract_value(parameter)
            kind = parameter.get("parameterType", {}).get("type", "ANY")
            if name not in frames.all_visible():
                frames.declare(name, kind, value)
            node.replace(exp.column(name))
        text = tree.sql(dialect="bigquery")
    return rewrite_variables(text, frames)


parse = Dialect.parse


@functools.lru_cache(maxsize=2048)
def parsed(dialect, text, options):
    return parse(Dialect.get_or_raise(dialect), text, **dict(options))


def parse_once(self, sql, **options):
    try:
        trees = parsed(type(self), sql, tuple(sorted(options.items())))
    except TypeError:  # an option that cannot be compared
        return parse(self, sql, **options)
    return [tree.copy() if tree is not None else None for tree in trees]


build_dry_run = jobs._build_dry_run_query_response


async def build_dry_run_with_bytes(*, project_id, bq_sql, query_params, ctx, **others):
    response = await build_dry_run(project_id=project_id, bq_sql=bq_sql, query_params=query_params, ctx=ctx, **others)
    told = str(dry_run_bytes(bq_sql, query_params, project_id, ctx.engine))
    response["statistics"]["totalBytesProcessed"] = told
    response["statistics"].setdefault("query", {})["totalBytesProcessed"] = told
    return response


jobs._build_dry_run_query_response = build_dry_run_with_bytes
Dialect.parse = parse_once
executor._run_query_body = run_with_parameters
interpreter._rewrite_vars_to_params = rewrite_variables_and_parameters

from bqemulator.cli import main  # noqa: E402

sys.exit(main())
