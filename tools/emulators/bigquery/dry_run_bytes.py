"""
The bytes that BigQuery would process for a query: of each table that it names, the columns that it names, in the partitions that its filters leave.
A value counts as BigQuery counts it: 8 for a number, date or instant, 1 for a flag, 2 and its UTF-8 for a text, nothing for NULL.
"""
from sqlglot import exp, parse_one
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from bqemulator.sql import parameters
from bqemulator.storage.sql_identifiers import schema_name

WIDTH = {"BOOLEAN": 1}


def dry_run_bytes(sql, query_params, project, engine):
    tree = parse_one(sql, read="bigquery")
    names = {(t.db, t.name) for t in tree.find_all(exp.Table) if t.db}
    types = {name: columns_of(engine, project, *name) for name in names}
    schema = {}
    for (dataset, table), columns in types.items():
        schema.setdefault(dataset, {})[table] = dict(columns)
    qualified = qualify(tree, schema=schema, dialect="bigquery", validate_qualify_columns=False, quote_identifiers=False)
    values = {p["name"]: parameters._extract_value(p) for p in query_params or [] if p.get("name")}
    wanted = {}
    for scope in traverse_scope(qualified):
        for alias, (_, source) in scope.selected_sources.items():
            if not isinstance(source, exp.Table) or not source.db:
                continue
            key = (source.db, source.name)
            used = {c.name for c in scope.source_columns(alias)}
            low, high, column = bounds_of(scope, alias, values)
            for name in used & set(types[key]):
                wanted.setdefault((key, name), []).append((column, low, high))
    return sum(bytes_of(engine, project, key, name, types[key][name], ranges) for (key, name), ranges in wanted.items())


def columns_of(engine, project, dataset, table):
    rows = engine.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = ? AND table_name = ?", [schema_name(project, dataset), table]
    ).fetchall()
    return dict(rows)


def bounds_of(scope, alias, values):
    """The range of dates that the WHERE of the same SELECT leaves; a bound that is no constant leaves all."""
    low = high = column = None
    where = scope.expression.args.get("where")
    for one in where.this.flatten() if where and isinstance(where.this, exp.And) else [where.this] if where else []:
        one = one.unnest()
        if isinstance(one, exp.Between) and isinstance(one.this, exp.Column) and one.this.table == alias:
            column, low, high = one.this.name, constant(one.args["low"], values), constant(one.args["high"], values)
        elif isinstance(one, exp.EQ) and isinstance(one.this, exp.Column) and one.this.table == alias and not one.expression.find(exp.Column, exp.Select):
            if isinstance(one.expression, exp.Cast) and one.expression.to.this == exp.DataType.Type.DATE:
                column, low = one.this.name, constant(one.expression, values)
                high = low
    return low, high, column


def constant(node, values):
    if node.find(exp.Column, exp.Select):
        return None
    bound = node.copy()
    if isinstance(bound, exp.Parameter):
        bound = exp.convert(values.get(bound.name))
    for parameter in list(bound.find_all(exp.Parameter)):
        parameter.replace(exp.convert(values.get(parameter.name)))
    return bound.sql(dialect="duckdb")


def bytes_of(engine, project, key, name, kind, ranges):
    quoted = f'"{name}"'
    size = f"2 * COUNT({quoted}) + IFNULL(SUM(strlen({quoted})), 0)" if kind == "VARCHAR" else f"{WIDTH.get(kind, 8)} * COUNT({quoted})"
    parts = [f'"{column}" BETWEEN {low} AND {high}' if column and low and high else "TRUE" for column, low, high in ranges]
    return int(engine.execute(f'SELECT {size} FROM "{schema_name(project, key[0])}"."{key[1]}" WHERE {" OR ".join(parts)}').fetchone()[0])
