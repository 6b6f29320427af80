#include "chain/JsonShape.h"

#include "base/Spelling.h"

#include <QJsonArray>

#include <cmath>
#include <limits>
#include <vector>

namespace sluice {

namespace {

constexpr qsizetype maxShownKey = 200;

bool hasType(const QJsonValue &value, const QString &type)
{
    if (type == u"object")
        return value.isObject();
    if (type == u"array")
        return value.isArray();
    if (type == u"string")
        return value.isString();
    if (type == u"boolean")
        return value.isBool();
    return value.isDouble() && (type == u"number" || value.toDouble() == std::floor(value.toDouble()));
}

std::string wordsOf(const QString &type)
{
    if (type == u"object")
        return "an object";
    if (type == u"array")
        return "a list";
    if (type == u"string")
        return "a text";
    if (type == u"boolean")
        return "true or false";
    return type == u"integer" ? "a whole number" : "a number";
}

std::string joined(const QJsonArray &texts)
{
    std::string out;
    for (const QJsonValue text : texts)
        out += (out.empty() ? "" : ", ") + text.toVariant().toString().toStdString();
    return out;
}

class ShapeCheck
{
public:
    ShapeCheck(std::string path, Problems &problems) : m_path(std::move(path)), m_problems(problems) {}

    void check(const QJsonValue &value, const QJsonObject &schema)
    {
        const QString type = schema.value(u"type").toString();
        const QJsonArray choices = schema.value(u"enum").toArray();
        if (!type.isEmpty() && !hasType(value, type))
            problem("must be " + wordsOf(type) + ".");
        else if (!choices.isEmpty() && !choices.contains(value))
            problem("must be one of " + joined(choices) + ".");
        else if (value.isObject())
            checkObject(value.toObject(), schema);
        else if (value.isArray())
            checkList(value.toArray(), schema);
        else if (value.isString())
            checkText(value.toString(), schema);
        else if (value.isDouble())
            checkNumber(value.toDouble(), schema);
    }

private:
    void problem(const std::string &what) { m_problems.push_back({m_path, "This " + what}); }

    void within(const std::string &step, const QJsonValue &value, const QJsonObject &schema)
    {
        const std::size_t length = m_path.size();
        m_path += step;
        check(value, schema);
        m_path.resize(length);
    }

    void checkObject(const QJsonObject &object, const QJsonObject &schema)
    {
        const QJsonObject properties = schema.value(u"properties").toObject();
        std::vector<std::string> known;
        for (auto it = properties.begin(); it != properties.end(); ++it)
            known.push_back(it.key().toStdString());
        for (auto it = object.begin(); it != object.end(); ++it) {
            const std::string key = it.key().left(maxShownKey).toStdString();
            if (properties.contains(it.key())) {
                within("." + key, it.value(), properties.value(it.key()).toObject());
            } else if (schema.contains(u"additionalProperties")) {
                const std::string nearest = nearestWord(key, known);
                m_problems.push_back({m_path + "." + key, "unknown key \"" + key + "\"." + (nearest.empty() ? "" : " Is \"" + nearest + "\" meant?")});
            }
        }
        for (const QJsonValue required : schema.value(u"required").toArray()) {
            if (!object.contains(required.toString()))
                problem("has no " + required.toString().toStdString() + ".");
        }
    }

    void checkList(const QJsonArray &list, const QJsonObject &schema)
    {
        const auto most = schema.value(u"maxItems").toInteger(std::numeric_limits<qint64>::max());
        if (list.size() > most) {
            problem("is a list of " + std::to_string(list.size()) + "; at most " + std::to_string(most) + " can be read.");
            return;
        }
        const QJsonObject items = schema.value(u"items").toObject();
        for (qsizetype i = 0; i < list.size(); ++i)
            within("[" + std::to_string(i) + "]", list[i], items);
    }

    void checkText(const QString &text, const QJsonObject &schema)
    {
        const auto most = schema.value(u"maxLength").toInteger(std::numeric_limits<qint64>::max());
        if (text.size() < schema.value(u"minLength").toInteger())
            problem("is empty, and it is needed.");
        else if (text.size() > most)
            problem("must be a text of at most " + std::to_string(most) + " characters.");
    }

    void checkNumber(double number, const QJsonObject &schema)
    {
        const QJsonValue least = schema.value(u"minimum");
        const QJsonValue most = schema.value(u"maximum");
        if ((least.isDouble() && number < least.toDouble()) || (most.isDouble() && number > most.toDouble()))
            problem("must be from " + std::to_string(least.toInteger()) + " to " + std::to_string(most.toInteger()) + ".");
    }

    std::string m_path;
    Problems &m_problems;
};

} // namespace

void checkShape(const QJsonValue &value, const QJsonObject &schema, const std::string &path, Problems &problems)
{
    ShapeCheck(path, problems).check(value, schema);
}

} // namespace sluice
