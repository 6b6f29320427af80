#include "chain/IniFile.h"

#include <QStringList>

namespace sluice {

namespace {

// Python's bound on values within values; and one on their length, since they multiply.
constexpr int maxDepth = 10;
constexpr qsizetype maxLength = 1024 * 1024;
constexpr std::size_t maxProblems = 20;

/// str.isspace()
bool isSpace(QChar c)
{
    return (c.unicode() >= 0x1c && c.unicode() <= 0x1f) || c.isSpace();
}

QStringView stripped(QStringView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.mid(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

std::string lineName(int line) { return "line " + std::to_string(line); }

class IniParser
{
public:
    IniParser(Problems &problems) : m_problems(problems) {}

    void readLine(QStringView line)
    {
        ++m_line;
        const QStringView text = stripped(line);
        if (text.startsWith(u'#') || text.startsWith(u';'))
            return;
        if (text.isEmpty()) {
            if (m_option)
                m_option->value += u'\n';
            return;
        }
        qsizetype indent = 0;
        while (indent < line.size() && isSpace(line[indent]))
            ++indent;
        if (m_section && m_option && indent > m_indent) {
            m_option->value += u'\n';
            m_option->value += text;
            return;
        }
        m_indent = indent;
        if (const qsizetype end = text.lastIndexOf(u']'); text.startsWith(u'[') && end > 1)
            openSection(text.mid(1, end - 1).toString());
        else if (!m_section)
            problem("Before this line a section must begin, as [loggers].");
        else
            readOption(text);
    }

    std::map<QString, IniFile::Section> sections;
    IniFile::Section defaults;

private:
    void problem(const std::string &sentence)
    {
        if (m_problems.size() < maxProblems)
            m_problems.push_back({lineName(m_line), sentence});
    }

    void openSection(const QString &name)
    {
        m_option = nullptr;
        if (name == u"DEFAULT") {
            m_section = &defaults;
            return;
        }
        const auto [at, isNew] = sections.try_emplace(name);
        if (!isNew)
            problem("The section [" + name.left(200).toStdString() + "] is there already.");
        at->second.line = isNew ? m_line : at->second.line;
        m_section = &at->second;
    }

    void readOption(QStringView text)
    {
        qsizetype at = 0;
        while (at < text.size() && text[at] != u'=' && text[at] != u':')
            ++at;
        const QString key = stripped(text.left(at)).toString().toLower();
        if (at == text.size() || key.isEmpty()) {
            problem("A key and a value with = between them are wanted here.");
            return;
        }
        const auto [option, isNew] = m_section->options.try_emplace(key);
        if (!isNew)
            problem("The key " + key.left(200).toStdString() + " is there already.");
        m_option = &option->second;
        m_option->value = stripped(text.mid(at + 1)).toString();
        m_option->line = m_line;
    }

    Problems &m_problems;
    int m_line = 0;
    qsizetype m_indent = 0;
    IniFile::Section *m_section = nullptr;
    IniFile::Option *m_option = nullptr;
};

void stripEnds(IniFile::Section &section)
{
    for (auto &[key, option] : section.options) {
        while (!option.value.isEmpty() && isSpace(option.value.back()))
            option.value.chop(1);
    }
}

/// BasicInterpolation.
class Interpolation
{
public:
    Interpolation(const IniFile &file, const QString &section) : m_file(file), m_section(section) {}

    Status append(const QString &value, int depth, QString &out)
    {
        if (depth > maxDepth)
            return Error{"Values refer to values in a circle."};
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (out.size() > maxLength)
                return Error{"The value becomes too long."};
            if (value[i] != u'%') {
                out += value[i];
                continue;
            }
            const QChar next = ++i < value.size() ? value[i] : QChar();
            if (next == u'%') {
                out += u'%';
                continue;
            }
            const qsizetype end = next == u'(' ? value.indexOf(u')', i) : -1;
            if (end < 0 || end == i + 1 || end + 1 >= value.size() || value[end + 1] != u's')
                return Error{"A % must be followed by % or by (key)s."};
            const QString key = value.mid(i + 1, end - i - 1).toLower();
            const std::optional<QString> inner = m_file.raw(m_section, key);
            if (!inner)
                return Error{"There is no key " + key.left(200).toStdString() + " for %(" + key.left(200).toStdString() + ")s."};
            if (++m_steps > maxSteps)
                return Error{"Values refer to too many values."};
            if (Status status = append(*inner, depth + 1, out); !status)
                return status;
            i = end + 1;
        }
        return {};
    }

private:
    static constexpr int maxSteps = 10000;

    const IniFile &m_file;
    const QString m_section;
    int m_steps = 0;
};

} // namespace

IniFile IniFile::parse(QStringView text, Problems &problems)
{
    IniParser parser(problems);
    if (text.startsWith(QChar(0xFEFF)))
        text = text.mid(1);
    while (!text.isEmpty()) {
        qsizetype end = 0;
        while (end < text.size() && text[end] != u'\n' && text[end] != u'\r')
            ++end;
        parser.readLine(text.left(end));
        const bool isPair = end + 1 < text.size() && text[end] == u'\r' && text[end + 1] == u'\n';
        text = text.mid(end + (isPair ? 2 : 1));
    }
    IniFile file;
    file.m_sections = std::move(parser.sections);
    file.m_defaults = std::move(parser.defaults);
    stripEnds(file.m_defaults);
    for (auto &[name, section] : file.m_sections)
        stripEnds(section);
    return file;
}

void IniFile::setDefault(const QString &key, const QString &value)
{
    m_defaults.options.try_emplace(key.toLower(), Option{value, 0});
}

const IniFile::Section *IniFile::section(const QString &name) const
{
    const auto found = m_sections.find(name);
    return found == m_sections.end() ? nullptr : &found->second;
}

const IniFile::Option *IniFile::option(const Section &section, const QString &key) const
{
    if (const auto found = section.options.find(key); found != section.options.end())
        return &found->second;
    const auto found = m_defaults.options.find(key);
    return found == m_defaults.options.end() ? nullptr : &found->second;
}

std::optional<QString> IniFile::raw(const QString &name, const QString &key) const
{
    const Section *at = section(name);
    const Option *found = at ? option(*at, key) : nullptr;
    return found ? std::optional<QString>(found->value) : std::nullopt;
}

Result<std::optional<QString>> IniFile::value(const QString &section, const QString &key) const
{
    const std::optional<QString> text = raw(section, key);
    if (!text)
        return std::optional<QString>();
    QString out;
    if (const Status status = Interpolation(*this, section).append(*text, 1, out); !status)
        return status.error();
    return std::optional<QString>(out);
}

int IniFile::lineOf(const QString &name, const QString &key) const
{
    const Section *found = section(name);
    const Option *at = found ? option(*found, key) : nullptr;
    return at && at->line > 0 ? at->line : found ? found->line : 1;
}

} // namespace sluice
