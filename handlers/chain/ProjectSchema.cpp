#include "chain/ProjectSchema.h"

#include "chain/Chain.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectMigration.h"
#include "record/Level.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr double maxExactInteger = 9007199254740992.0;
constexpr int maxPort = 65535;
constexpr int maxPathLength = 10'000;

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

QJsonObject ofType(const char *type) { return {{QStringLiteral("type"), QLatin1String(type)}}; }

QJsonObject textOfLength(qint64 least, qint64 most)
{
    QJsonObject schema = ofType("string");
    if (least > 0)
        schema.insert(u"minLength", least);
    schema.insert(u"maxLength", most);
    return schema;
}

QJsonObject numberFrom(const char *type, double least, double most)
{
    QJsonObject schema = ofType(type);
    schema.insert(u"minimum", least);
    schema.insert(u"maximum", most);
    return schema;
}

QJsonObject oneOf(const std::vector<std::string> &texts)
{
    QJsonArray choices;
    for (const std::string &choice : texts)
        choices.append(text(choice));
    return {{QStringLiteral("enum"), choices}};
}

QJsonObject anyOf(const QJsonArray &schemas) { return {{QStringLiteral("anyOf"), schemas}}; }

QJsonObject listOf(const QJsonObject &items, qint64 most)
{
    QJsonObject schema = ofType("array");
    schema.insert(u"items", items);
    schema.insert(u"maxItems", most);
    return schema;
}

/// An object that has these keys and no others.
QJsonObject objectOf(const QJsonObject &properties, const QStringList &required = {})
{
    QJsonObject schema = ofType("object");
    schema.insert(u"properties", properties);
    schema.insert(u"additionalProperties", false);
    if (!required.isEmpty())
        schema.insert(u"required", QJsonArray::fromStringList(required));
    return schema;
}

QJsonObject describedBy(QJsonObject schema, const char *words)
{
    schema.insert(u"description", QLatin1String(words));
    return schema;
}

QJsonObject ofParams(const std::vector<ParamSpec> &specs);

QJsonObject levelSchema()
{
    std::vector<std::string> names = {"NOTSET", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL"};
    std::erase_if(names, [](const std::string &name) { return !levelNumber(name); });
    constexpr double most = std::numeric_limits<int>::max();
    return anyOf({oneOf(names), numberFrom("integer", -most, most)});
}

QJsonObject addressSchema()
{
    QJsonObject pair = ofType("array");
    pair.insert(u"prefixItems", QJsonArray{ofType("string"), numberFrom("integer", 0, maxPort)});
    pair.insert(u"minItems", 2);
    pair.insert(u"maxItems", 2);
    return anyOf({ofType("string"), pair});
}

QJsonObject shapeOf(const ParamSpec &spec)
{
    QJsonObject schema;
    switch (spec.type) {
    case ParamSpec::Type::Text: schema = ofType("string"); break;
    case ParamSpec::Type::Path:
        schema = ofType("string");
        schema.insert(u"pattern", QStringLiteral("^[^\\u0000]*$"));
        break;
    case ParamSpec::Type::Choice: return oneOf(spec.choices);
    case ParamSpec::Type::Integer:
        schema = numberFrom("integer", spec.minimum.value_or(-maxExactInteger), spec.maximum.value_or(maxExactInteger));
        break;
    case ParamSpec::Type::Real:
        schema = ofType("number");
        if (spec.minimum)
            schema.insert(u"minimum", *spec.minimum);
        if (spec.maximum)
            schema.insert(u"maximum", *spec.maximum);
        break;
    case ParamSpec::Type::Boolean: return ofType("boolean");
    case ParamSpec::Type::Level: return levelSchema();
    case ParamSpec::Type::TextList:
        schema = ofType("array");
        schema.insert(u"items", ofType("string"));
        return schema;
    case ParamSpec::Type::TextMap:
        schema = ofType("object");
        schema.insert(u"additionalProperties", ofType("string"));
        return schema;
    case ParamSpec::Type::Address: return addressSchema();
    case ParamSpec::Type::Group: return ofParams(spec.members);
    }
    if (spec.required && schema.value(u"type").toString() == u"string")
        schema.insert(u"minLength", 1);
    return schema;
}

QJsonObject ofParam(const ParamSpec &spec)
{
    QJsonObject schema = shapeOf(spec);
    if (spec.optional)
        schema = anyOf({schema, ofType("null")});
    std::string words = spec.help;
    if (!spec.unit.empty())
        words += " (" + spec.unit + ")";
    schema.insert(u"description", text(words));
    if (!spec.required && spec.type != ParamSpec::Type::Group)
        schema.insert(u"default", spec.defaultValue);
    if (spec.secret)
        schema.insert(u"writeOnly", true);
    QJsonArray examples;
    for (const ParamSpec::Suggestion &suggestion : spec.suggestions)
        examples.append(text(suggestion.value));
    if (!examples.isEmpty() && (spec.type == ParamSpec::Type::Text || spec.type == ParamSpec::Type::Path))
        schema.insert(u"examples", examples);
    return schema;
}

QJsonObject ofParams(const std::vector<ParamSpec> &specs)
{
    QJsonObject properties;
    QStringList required;
    for (const ParamSpec &spec : specs) {
        properties.insert(text(spec.key), ofParam(spec));
        if (spec.required)
            required << text(spec.key);
    }
    return objectOf(properties, required);
}

QJsonObject pairSchema()
{
    QJsonObject pair = ofType("array");
    pair.insert(u"items", ofType("number"));
    pair.insert(u"minItems", 2);
    pair.insert(u"maxItems", 2);
    return pair;
}

QJsonObject idSchema() { return textOfLength(1, Chain::maxIdLength); }

QJsonObject nodeSchema()
{
    std::vector<std::string> names;
    QJsonArray rules;
    for (const NodeType *type : NodeRegistry::builtin().types()) {
        names.push_back(type->name());
        const QString place = QStringLiteral("#/$defs/") + text(type->name());
        QJsonObject then{{QStringLiteral("properties"), QJsonObject{{QStringLiteral("params"), QJsonObject{{QStringLiteral("$ref"), place}}}}}};
        if (std::ranges::any_of(type->params(), &ParamSpec::required))
            then.insert(u"required", QJsonArray{QStringLiteral("params")});
        const QJsonObject isType{{QStringLiteral("type"), QJsonObject{{QStringLiteral("const"), text(type->name())}}}};
        rules.append(QJsonObject{{QStringLiteral("if"), QJsonObject{{QStringLiteral("properties"), isType}, {QStringLiteral("required"), QJsonArray{QStringLiteral("type")}}}},
                                 {QStringLiteral("then"), then}});
    }
    QJsonObject node = objectOf({{QStringLiteral("id"), idSchema()},
                                 {QStringLiteral("type"), oneOf(names)},
                                 {QStringLiteral("params"), ofType("object")},
                                 {QStringLiteral("position"), pairSchema()}},
                                {QStringLiteral("id"), QStringLiteral("type")});
    node.insert(u"allOf", rules);
    return node;
}

QJsonObject wireSchema()
{
    return objectOf({{QStringLiteral("from"), idSchema()},
                     {QStringLiteral("port"), describedBy(idSchema(), "The output; may be left out where a node has one")},
                     {QStringLiteral("to"), idSchema()},
                     {QStringLiteral("queue"), describedBy(numberFrom("integer", 1, Wire::maxQueue), "Records that may wait")},
                     {QStringLiteral("whenFull"), oneOf({"block", "dropOldest", "dropNewest"})}},
                    {QStringLiteral("from"), QStringLiteral("to")});
}

QJsonObject commentSchema()
{
    return objectOf({{QStringLiteral("id"), idSchema()},
                     {QStringLiteral("text"), textOfLength(0, Chain::maxCommentLength)},
                     {QStringLiteral("position"), pairSchema()},
                     {QStringLiteral("size"), pairSchema()}},
                    {QStringLiteral("id"), QStringLiteral("text")});
}

/// What is declared as a schema right away.
QJsonObject declared(const char *json) { return QJsonDocument::fromJson(json).object(); }

} // namespace

QJsonObject viewsSchema()
{
    static const QJsonObject schema = declared(R"({
        "description": "How the window shows the records, a tab each; without any, as its reader has it",
        "type": "array", "maxItems": 100,
        "items": { "type": "object", "additionalProperties": false, "properties": {
            "name": { "type": "string", "maxLength": 80, "description": "What stands on its tab; without one, its filter" },
            "following": { "type": "boolean", "description": "Keeps the newest record in sight" },
            "order": { "type": "string", "enum": ["time"], "description": "By the records' times, and not as they came" },
            "columns": { "type": "array", "maxItems": 64, "items": {
                "type": "object", "additionalProperties": false, "required": ["field"], "properties": {
                    "field": { "type": "string", "minLength": 1, "maxLength": 512, "description": "An attribute by Python's name, or an extra field" },
                    "width": { "type": "integer", "minimum": 0, "maximum": 4000, "description": "Pixels; 0: as is usual" } } } },
            "time": { "type": "object", "additionalProperties": false, "properties": {
                "kind": { "type": "string", "enum": ["clock", "ago", "sincePrevious", "sinceReference"] },
                "zone": { "type": "string", "maxLength": 100, "description": "UTC, or a zone's name; without one, local time" },
                "date": { "type": "boolean" },
                "digits": { "type": "integer", "enum": [0, 3, 6, 9], "description": "Of fractions of a second" } } },
            "filter": { "type": "object", "additionalProperties": false, "properties": {
                "text": { "type": "string", "maxLength": 10000, "description": "What stands in the filter field" },
                "levels": { "type": "array", "maxItems": 5, "items": { "type": "string", "enum": ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] } },
                "loggers": { "type": "array", "maxItems": 1000, "items": { "type": "string", "maxLength": 10000 }, "description": "With their children" },
                "expressions": { "type": "array", "maxItems": 1000, "items": {
                    "type": "object", "additionalProperties": false, "required": ["text"], "properties": {
                        "text": { "type": "string", "minLength": 1, "maxLength": 10000 },
                        "on": { "type": "boolean" },
                        "always": { "type": "boolean", "description": "Shows what it describes, whatever the others hide" } } } },
                "from": { "type": "string", "maxLength": 20, "description": "Nanoseconds since 1970" },
                "until": { "type": "string", "maxLength": 20 } } } } }
    })");
    return schema;
}

QJsonObject highlightsSchema()
{
    static const QJsonObject schema = declared(R"({
        "description": "Rules that colour records in all views; the first that holds has the row",
        "type": "array", "maxItems": 32,
        "items": { "type": "object", "additionalProperties": false, "required": ["text", "color"], "properties": {
            "text": { "type": "string", "minLength": 1, "maxLength": 10000, "description": "A text, or a filter expression" },
            "on": { "type": "boolean" },
            "color": { "type": "integer", "minimum": 1, "maximum": 8 },
            "bold": { "type": "boolean" },
            "wholeRow": { "type": "boolean" } } }
    })");
    return schema;
}

QJsonObject drawingSchema()
{
    static const QJsonObject schema = objectOf({{QStringLiteral("project"), textOfLength(0, maxPathLength)}, {QStringLiteral("folder"), textOfLength(1, maxPathLength)}},
                                               {QStringLiteral("folder")});
    return schema;
}

QJsonObject projectSchema()
{
    QJsonObject types;
    for (const NodeType *type : NodeRegistry::builtin().types()) {
        QJsonObject params = ofParams(type->params());
        params.insert(u"description", text(type->summary()));
        types.insert(text(type->name()), params);
    }
    QJsonObject schema = objectOf({{QStringLiteral("sluice"), describedBy(numberFrom("integer", 1, projectVersion), "The version of the file")},
                                   {QStringLiteral("name"), textOfLength(0, Chain::maxIdLength)},
                                   {QStringLiteral("nodes"), listOf(nodeSchema(), Chain::maxNodes)},
                                   {QStringLiteral("wires"), describedBy(listOf(wireSchema(), Chain::maxWires), "Of those from one output, the first is served first")},
                                   {QStringLiteral("comments"), listOf(commentSchema(), Chain::maxComments)},
                                   {QStringLiteral("views"), viewsSchema()},
                                   {QStringLiteral("highlights"), highlightsSchema()},
                                   {QStringLiteral("drawing"), describedBy(drawingSchema(), "What was drawn of a project and not saved")}},
                                  {QStringLiteral("sluice")});
    schema.insert(u"$schema", QStringLiteral("https://json-schema.org/draft/2020-12/schema"));
    schema.insert(u"title", QStringLiteral("Sluice project"));
    schema.insert(u"$defs", types);
    return schema;
}

} // namespace sluice
