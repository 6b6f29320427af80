#include "chain/FileConfigReader.h"

#include "chain/IniFile.h"
#include "chain/PythonHandlers.h"
#include "chain/PythonLiteral.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

namespace sluice {

namespace {

/// The modules that a class is looked for in: fileConfig evaluates its name within logging.
QString classPath(const QString &name)
{
    if (name.startsWith(u"handlers."))
        return QStringLiteral("logging.") + name;
    return name.contains(u'.') ? name : QStringLiteral("logging.") + name;
}

QString keyOf(std::string_view name) { return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())); }

/// Names of ASCII with dots between them. No QRegularExpression here, nor in anything else that may run on a thread other than
/// the window's: with MinGW, Qt 6.4 keeps its stack in a thread_local, which is destroyed after its memory has been freed.
bool isDottedName(QStringView text)
{
    const auto isName = [](QStringView name) {
        const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; };
        return !name.isEmpty() && isLetter(name.front()) &&
               std::ranges::all_of(name, [&](QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9'); });
    };
    for (const QStringView name : text.tokenize(u'.')) {
        if (!isName(name))
            return false;
    }
    return true;
}

class FileConfigReader
{
public:
    FileConfigReader(const QString &text, const std::map<QString, QString> &defaults)
        : m_file(IniFile::parse(text, m_problems))
    {
        for (const auto &[key, value] : defaults)
            m_file.setDefault(key, value);
    }

    DictConfig read()
    {
        DictConfig out;
        if (m_problems.empty()) {
            readFormatters();
            readHandlers();
            readLoggers();
        }
        if (m_problems.empty()) {
            QJsonObject config{{QStringLiteral("version"), 1},
                               {QStringLiteral("formatters"), m_formatters},
                               {QStringLiteral("handlers"), m_handlers},
                               {QStringLiteral("loggers"), m_loggers},
                               {QStringLiteral("root"), m_root}};
            out = readDictConfig(config, m_order);
            for (Problem &problem : out.problems)
                problem.place = placeOf(problem.place);
            for (Problem &problem : out.unsupported)
                problem.place = placeOf(problem.place);
        }
        out.problems.insert(out.problems.begin(), m_problems.begin(), m_problems.end());
        return out;
    }

private:
    static std::string place(int line, const QString &section)
    {
        return "line " + std::to_string(line) + ", [" + section.left(200).toStdString() + "]";
    }

    void problem(const QString &section, const QString &key, const std::string &sentence)
    {
        m_problems.push_back({place(m_file.lineOf(section, key), section), sentence});
    }

    /// The place of what readDictConfig found: that of the longest path which came from a section.
    std::string placeOf(const std::string &path) const
    {
        for (std::string at = path; !at.empty(); at.pop_back()) {
            if (const auto found = m_origins.find(at); found != m_origins.end())
                return place(m_file.lineOf(found->second, QString::fromStdString(path.substr(std::min(path.size(), at.size() + 1)))),
                             found->second);
        }
        return path;
    }

    /// The value of a key, stripped of nothing; empty where there is none.
    QString value(const QString &section, const QString &key)
    {
        const Result<std::optional<QString>> found = m_file.value(section, key);
        if (found)
            return found->value_or(QString());
        problem(section, key, key.toStdString() + ": " + found.error().text);
        return {};
    }

    bool has(const QString &section, const QString &key) const { return m_file.raw(section, key).has_value(); }

    QStringList list(const QString &section, const QString &key)
    {
        const QString text = value(section, key);
        QStringList names;
        for (const QString &name : text.isEmpty() ? QStringList() : text.split(u','))
            names.append(name.trimmed());
        names.removeDuplicates();
        return names;
    }

    /// The names in [section] keys; the sections of each must be there.
    QStringList keys(const QString &section, const QString &prefix)
    {
        if (!m_file.section(section) || !has(section, QStringLiteral("keys"))) {
            m_problems.push_back({m_file.section(section) ? place(m_file.section(section)->line, section) : "line 1",
                                  "A fileConfig needs a section [" + section.toStdString() + "] with keys."});
            return {};
        }
        QStringList names;
        for (const QString &name : list(section, QStringLiteral("keys"))) {
            if (m_file.section(prefix + name))
                names.append(name);
            else
                problem(section, QStringLiteral("keys"), "There is no section [" + (prefix + name).left(200).toStdString() + "].");
        }
        return names;
    }

    void readFormatters()
    {
        for (const QString &name : keys(QStringLiteral("formatters"), QStringLiteral("formatter_"))) {
            const QString section = QStringLiteral("formatter_") + name;
            m_origins["$.formatters." + name.toStdString()] = section;
            QJsonObject formatter;
            for (const char *key : {"format", "datefmt", "style"}) {
                if (const auto text = m_file.raw(section, QLatin1String(key)))
                    formatter.insert(QLatin1String(key), *text);
            }
            if (const QString klass = value(section, QStringLiteral("class")); !klass.isEmpty())
                formatter.insert(u"class", klass);
            for (const char *key : {"validate", "defaults"}) {
                if (!has(section, QLatin1String(key)))
                    continue;
                const Result<QJsonValue> read = readPythonLiteral(m_file.raw(section, QLatin1String(key)).value());
                if (read)
                    formatter.insert(QLatin1String(key), *read);
                else
                    problem(section, QLatin1String(key), std::string(key) + " is no literal. " + read.error().text);
            }
            m_formatters.insert(name, formatter);
        }
    }

    void readHandlers()
    {
        for (const QString &name : keys(QStringLiteral("handlers"), QStringLiteral("handler_"))) {
            const QString section = QStringLiteral("handler_") + name;
            m_origins["$.handlers." + name.toStdString()] = section;
            m_order.push_back(name.toStdString());
            if (!has(section, QStringLiteral("class")))
                problem(section, QStringLiteral("class"), "class is missing: a handler needs one.");
            else
                readHandler(name, section);
        }
    }

    void readHandler(const QString &name, const QString &section)
    {
        const QString klass = classPath(value(section, QStringLiteral("class")));
        QJsonObject handler;
        std::string reason;
        if (isDottedName(klass))
            readArguments(section, pythonHandlerAt(klass), handler, reason);
        else
            reason = "Its class is an expression, which is not evaluated here.";
        handler.insert(u"class", klass);
        if (const QString formatter = value(section, QStringLiteral("formatter")); !formatter.isEmpty())
            handler.insert(u"formatter", formatter);
        if (has(section, QStringLiteral("level")))
            handler.insert(u"level", value(section, QStringLiteral("level")));
        if (const QString target = value(section, QStringLiteral("target")); !target.isEmpty() && klass == u"logging.handlers.MemoryHandler")
            handler.insert(u"target", target);
        if (!reason.empty()) {
            QJsonObject text;
            for (const auto &[key, option] : m_file.section(section)->options)
                text.insert(key, option.value);
            text.insert(u"because", QString::fromStdString(reason));
            handler.insert(u"fileConfig", text);
        }
        m_handlers.insert(name, handler);
    }

    /// args and kwargs, by the names of the parameters.
    void readArguments(const QString &section, const PythonHandler *python, QJsonObject &handler, std::string &reason)
    {
        const auto literal = [&](const QString &key, const QString &otherwise) -> QJsonValue {
            const QString text = has(section, key) ? value(section, key) : otherwise;
            Result<QJsonValue> read = readPythonLiteral(text);
            if (read)
                return *read;
            reason = "Its " + key.toStdString() + " are code, which is not run here. " + read.error().text;
            return {};
        };
        const QJsonValue args = literal(QStringLiteral("args"), QStringLiteral("()"));
        const QJsonValue kwargs = literal(QStringLiteral("kwargs"), QStringLiteral("{}"));
        if (!reason.empty())
            return;
        if (!args.isArray())
            return problem(section, QStringLiteral("args"), "args must be a tuple: one argument alone needs a comma, as ('a.log',).");
        if (!kwargs.isObject())
            return problem(section, QStringLiteral("kwargs"), "kwargs must be a dict.");
        const QJsonArray positional = args.toArray();
        if (!python && !positional.isEmpty()) {
            reason = "The handler is made by \"" + value(section, QStringLiteral("class")).left(200).toStdString() +
                     "\", code of its own, which is not run here.";
            return;
        }
        if (python && positional.size() > static_cast<qsizetype>(python->parameters.size()))
            return problem(section, QStringLiteral("args"), "There are " + std::to_string(positional.size()) + " args; " + std::string(python->name) +
                                                  " takes " + std::to_string(python->parameters.size()) + ".");
        const QJsonObject named = kwargs.toObject();
        for (auto it = named.begin(); it != named.end(); ++it)
            handler.insert(it.key(), it.value());
        for (qsizetype i = 0; i < positional.size(); ++i) {
            const QString key = keyOf(python->parameters[static_cast<std::size_t>(i)]);
            if (handler.contains(key))
                problem(section, QStringLiteral("kwargs"), key.toStdString() + " is said twice, in args and in kwargs.");
            handler.insert(key, positional[i]);
        }
    }

    void readLoggers()
    {
        const QString loggers = QStringLiteral("loggers");
        const QStringList names = keys(loggers, QStringLiteral("logger_"));
        if (names.contains(u"root"))
            m_root = readLogger(QStringLiteral("logger_root"));
        else if (m_file.section(loggers))
            problem(loggers, QStringLiteral("keys"), "The keys of [loggers] must have root among them.");
        m_origins["$.root"] = QStringLiteral("logger_root");
        for (const QString &name : names) {
            if (name == u"root")
                continue;
            const QString section = QStringLiteral("logger_") + name;
            if (!has(section, QStringLiteral("qualname"))) {
                problem(section, QStringLiteral("qualname"), "qualname is missing: the name of the logger.");
                continue;
            }
            const QString logger = value(section, QStringLiteral("qualname"));
            // Of two sections for one logger the second has the say, but for a level that it leaves out.
            QJsonObject object = readLogger(section);
            const bool isRoot = logger.isEmpty() || logger == u"root";
            const QJsonObject before = isRoot ? m_root : m_loggers.value(logger).toObject();
            if (!object.contains(u"level") && before.contains(u"level"))
                object.insert(u"level", before.value(u"level"));
            bool isNumber = true;
            const int propagate = has(section, QStringLiteral("propagate")) ? value(section, QStringLiteral("propagate")).trimmed().toInt(&isNumber) : 1;
            if (!isNumber)
                problem(section, QStringLiteral("propagate"), "propagate must be 0 or 1.");
            if (isRoot) {
                m_root = object;
                continue;
            }
            object.insert(u"propagate", propagate != 0);
            m_loggers.insert(logger, object);
            m_origins["$.loggers." + logger.toStdString()] = section;
        }
    }

    QJsonObject readLogger(const QString &section)
    {
        QJsonObject logger;
        if (has(section, QStringLiteral("level")))
            logger.insert(u"level", value(section, QStringLiteral("level")));
        if (!has(section, QStringLiteral("handlers")))
            problem(section, QStringLiteral("handlers"), "handlers is missing: names of handlers, or nothing behind the =.");
        else
            logger.insert(u"handlers", QJsonArray::fromStringList(list(section, QStringLiteral("handlers"))));
        return logger;
    }

    Problems m_problems;
    IniFile m_file;
    QJsonObject m_formatters;
    QJsonObject m_handlers;
    QJsonObject m_loggers;
    QJsonObject m_root;
    std::vector<std::string> m_order;
    std::map<std::string, QString> m_origins; ///< the sections that paths of the dictConfig came from
};

} // namespace

bool looksLikeFileConfig(const QString &text)
{
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        const QStringView start = line.trimmed();
        if (start.startsWith(u"[loggers]") || start.startsWith(u"[handlers]") || start.startsWith(u"[formatters]"))
            return true;
    }
    return false;
}

DictConfig readFileConfig(const QString &text, const std::map<QString, QString> &defaults)
{
    return FileConfigReader(text, defaults).read();
}

} // namespace sluice
