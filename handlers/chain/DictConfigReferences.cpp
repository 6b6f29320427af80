#include "chain/DictConfigReferences.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace sluice {

namespace {

class ReferenceResolver
{
public:
    ReferenceResolver(const QJsonObject &config, Problems &problems) : m_config(config), m_problems(problems) {}

    QJsonValue resolve(const QJsonValue &value, const std::string &path, int depth)
    {
        if (value.isString() && value.toString().startsWith(u"cfg://"))
            return follow(value.toString(), path, depth);
        if (value.isArray()) {
            QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < array.size(); ++i)
                array[i] = resolve(array[i], path + "[" + std::to_string(i) + "]", depth);
            return array;
        }
        if (value.isObject()) {
            QJsonObject object = value.toObject();
            for (auto it = object.begin(); it != object.end(); ++it)
                it.value() = resolve(it.value(), path + "." + it.key().toStdString(), depth);
            return object;
        }
        return value;
    }

private:
    // A reference may lead to a reference; a few steps are a configuration, many are a circle. The count of
    // all steps is bounded too, since references in lists multiply.
    static constexpr int maxDepth = 8;
    static constexpr int maxSteps = 10000;

    QJsonValue follow(const QString &reference, const std::string &path, int depth)
    {
        static const QRegularExpression step(
            QStringLiteral(R"((?:^|\.)\s*(\w+)\s*|\[\s*(\w+)\s*\]\s*)"), QRegularExpression::UseUnicodePropertiesOption);
        if (depth >= maxDepth || ++m_steps > maxSteps)
            return fail(reference, path, "leads in a circle");
        const QString way = reference.mid(6);
        QJsonValue at = m_config;
        qsizetype position = 0;
        while (position < way.size()) {
            const auto match = step.match(way, position, QRegularExpression::NormalMatch,
                                          QRegularExpression::AnchorAtOffsetMatchOption);
            if (!match.hasMatch())
                return fail(reference, path, "cannot be read");
            const QString key = match.captured(1).isNull() ? match.captured(2) : match.captured(1);
            at = at.isArray() ? at.toArray().at(key.toInt()) : at.toObject().value(key);
            if (at.isUndefined())
                return fail(reference, path, "leads nowhere");
            position = match.capturedEnd();
        }
        return resolve(at, path, depth + 1);
    }

    QJsonValue fail(const QString &reference, const std::string &path, const char *why)
    {
        m_problems.push_back({path, "The reference \"" + reference.left(200).toStdString() + "\" " + why + "."});
        return QJsonValue::Null;
    }

    const QJsonObject m_config;
    Problems &m_problems;
    int m_steps = 0;
};

} // namespace

QJsonObject resolveReferences(const QJsonObject &config, Problems &problems)
{
    return ReferenceResolver(config, problems).resolve(config, "$", 0).toObject();
}

} // namespace sluice
