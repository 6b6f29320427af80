#include "chain/DictConfigReferences.h"

#include "format/UnicodeClass.h"

#include <QJsonArray>

namespace sluice {

namespace {

/// Length of the word, of whatever script, that `way` goes on with.
qsizetype wordAt(QStringView way)
{
    qsizetype length = 0;
    while (length < way.size()) {
        char32_t c = way[length].unicode();
        const bool isPair = way[length].isHighSurrogate() && length + 1 < way.size() && way[length + 1].isLowSurrogate();
        if (isPair)
            c = QChar::surrogateToUcs4(way[length], way[length + 1]);
        if (!python::isWordCharacter(c))
            break;
        length += isPair ? 2 : 1;
    }
    return length;
}

/// Takes a step of the way off its front: ".name", "[name]" or, where nothing stands before it, "name"; spaces may be between.
/// None if it goes on otherwise.
QString takeStep(QStringView &way, bool isFirst)
{
    QStringView rest = way;
    const bool isIndex = rest.startsWith(u'[');
    if (isIndex || rest.startsWith(u'.'))
        rest = rest.sliced(1);
    else if (!isFirst)
        return {};
    const auto skipSpaces = [&] {
        while (!rest.isEmpty() && rest.front().isSpace())
            rest = rest.sliced(1);
    };
    skipSpaces();
    const QStringView name = rest.first(wordAt(rest));
    rest = rest.sliced(name.size());
    skipSpaces();
    if (isIndex) {
        if (!rest.startsWith(u']'))
            return {};
        rest = rest.sliced(1);
        skipSpaces();
    }
    if (!name.isEmpty())
        way = rest;
    return name.toString();
}

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
        if (depth >= maxDepth || ++m_steps > maxSteps)
            return fail(reference, path, "leads in a circle");
        QStringView way = QStringView(reference).sliced(6);
        QJsonValue at = m_config;
        for (bool isFirst = true; !way.isEmpty(); isFirst = false) {
            const QString key = takeStep(way, isFirst);
            if (key.isEmpty())
                return fail(reference, path, "cannot be read");
            at = at.isArray() ? at.toArray().at(key.toInt()) : at.toObject().value(key);
            if (at.isUndefined())
                return fail(reference, path, "leads nowhere");
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
