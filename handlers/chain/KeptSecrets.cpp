#include "chain/KeptSecrets.h"

#include "base/SecretName.h"
#include "chain/CodeSecrets.h"
#include "chain/PythonHandlers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>

namespace sluice {

namespace {

/// References lead to references; more are a circle.
constexpr int maxReferences = 8;

bool isReferenceOfPython(const QString &text) { return text.startsWith(u"ext://") || text.startsWith(u"cfg://"); }

/// "cfg://smtp.logins[0]" leads to smtp, logins, 0.
std::vector<std::string> wayOf(const QString &reference)
{
    std::vector<std::string> way(1);
    for (const QChar c : reference.sliced(6)) {
        if (c == u'.' || c == u'[')
            way.emplace_back();
        else if (c != u']' && !c.isSpace())
            way.back() += QString(c).toStdString();
    }
    return way;
}

class PartReader
{
public:
    PartReader(const std::vector<std::string> &path, const SecretVisitor &visit) : m_path(path), m_start(path.size()), m_visit(visit) {}

    QJsonObject read(const QJsonObject &part)
    {
        for (int i = 0; i < maxReferences; ++i) {
            const std::size_t known = m_referred.size();
            object(part, {});
            if (m_referred.size() == known)
                break;
        }
        m_isVisiting = true;
        return object(part, {});
    }

    bool isChanged() const { return m_isChanged; }

private:
    using Way = std::vector<std::string>;

    std::size_t depth() const { return m_path.size() - m_start; }
    const std::string &step(std::size_t index) const { return m_path[m_start + index]; }

    /// Parts of a configuration have names of their own: a handler "auth" is no secret.
    bool namesParts() const
    {
        return depth() == 1 && (step(0) == "handlers" || step(0) == "formatters" || step(0) == "filters" || step(0) == "loggers");
    }

    QJsonObject object(const QJsonObject &from, const SecretPlace &place)
    {
        QJsonObject out = from;
        const bool isNaming = namesParts();
        for (auto it = out.begin(); it != out.end(); ++it) {
            const std::string name = it.key().toStdString();
            m_path.push_back(name);
            if (depth() == 3 && name == "fileConfig" && step(0) == "handlers" && it.value().isObject())
                it.value() = iniSection(it.value().toObject(), from.value(u"class").toString());
            else
                it.value() = value(it.value(), isNaming ? SecretPlace() : place.of(name));
            m_path.pop_back();
        }
        return out;
    }

    QJsonValue value(const QJsonValue &from, SecretPlace place)
    {
        if (const auto found = m_referred.find({m_path.begin() + static_cast<std::ptrdiff_t>(m_start), m_path.end()}); found != m_referred.end())
            place = {true, place.mayBePair || found->second};
        if (from.isObject())
            return object(from.toObject(), place);
        if (from.isString())
            return text(from.toString(), place);
        if (from.isDouble() && place.isSecret)
            return number(from);
        QJsonArray array = from.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const bool isUser = i == 0 && array.size() == 2 && place.mayBePair && array[0].isString();
            m_path.push_back(std::to_string(i));
            array[i] = value(array[i], {place.isSecret && !isUser, false});
            m_path.pop_back();
        }
        return from.isArray() ? QJsonValue(array) : from;
    }

    QJsonValue text(const QString &from, const SecretPlace &place)
    {
        if (from.startsWith(u"cfg://") && place.isSecret && !m_isVisiting)
            m_referred.emplace(wayOf(from), place.mayBePair);
        if (from.isEmpty() || isReferenceOfPython(from) || !(place.isSecret || isSecretWherever(from)))
            return from;
        return visited(from).value_or(from);
    }

    QJsonValue number(const QJsonValue &from)
    {
        const std::optional<QString> instead = visited(from.toVariant().toString());
        return instead ? QJsonValue(*instead) : from;
    }

    /// A section of an INI file, which only CPython can evaluate: chain/FileConfigReader.h.
    QJsonObject iniSection(const QJsonObject &from, const QString &klass)
    {
        static const std::vector<std::string_view> none;
        QJsonObject out = from;
        if (!m_isVisiting)
            return out;
        for (auto it = out.begin(); it != out.end(); ++it) {
            const std::string key = it.key().toStdString();
            m_path.push_back(key);
            const QString was = it.value().toString();
            const PythonHandler *python = key == "args" ? pythonHandlerAt(klass) : nullptr;
            if (key != "because" && !namesSecret(key)) {
                const QString now = visitSecretsInCode(was, python ? python->parameters : none, true, m_path, m_visit);
                m_isChanged = m_isChanged || now != was;
                it.value() = now;
            } else if (key != "because") {
                it.value() = text(was, {true, false});
            }
            m_path.pop_back();
        }
        return out;
    }

    std::optional<QString> visited(const QString &text)
    {
        const std::optional<QString> instead = m_isVisiting ? m_visit(m_path, text) : std::nullopt;
        m_isChanged = m_isChanged || instead;
        return instead;
    }

    std::vector<std::string> m_path;
    const std::size_t m_start;
    const SecretVisitor &m_visit;
    std::map<Way, bool> m_referred; ///< what references in places of secrets lead to, and whether it may be a pair
    bool m_isVisiting = false;
    bool m_isChanged = false;
};

} // namespace

QString visitKeptSecrets(const QString &part, const std::vector<std::string> &path, const SecretVisitor &visit)
{
    const QJsonDocument document = QJsonDocument::fromJson(part.toUtf8());
    if (!document.isObject())
        return visitSecretsInCode(part, {}, false, path, visit);
    PartReader reader(path, visit);
    const QJsonObject out = reader.read(document.object());
    return reader.isChanged() ? QString::fromUtf8(QJsonDocument(out).toJson(QJsonDocument::Compact)) : part;
}

} // namespace sluice
