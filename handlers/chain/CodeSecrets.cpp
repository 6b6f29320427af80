#include "chain/CodeSecrets.h"

#include "chain/PythonTextLiteral.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace sluice {

namespace {

/// Python's own limit.
constexpr std::size_t maxDepth = 200;

bool isOfName(QChar c) { return c == u'_' || c.isLetterOrNumber(); }

/// Behind a literal that begins at a place, or the end of the code if it has none.
qsizetype endOfLiteral(const QString &code, qsizetype at)
{
    while (code[at].isLetter())
        ++at;
    const QString quote = QString(code.mid(at, 3) == QString(3, code[at]) ? 3 : 1, code[at]);
    for (at += quote.size(); at < code.size(); at += code[at] == u'\\' ? 2 : 1) {
        if (QStringView(code).sliced(at).startsWith(quote))
            return at + quote.size();
    }
    return code.size();
}

/// Whether all of it stands in one pair of brackets.
bool isInBrackets(const QString &code)
{
    qsizetype at = skipPythonSpace(code, 0);
    if (at == code.size() || code[at] != u'(')
        return false;
    qsizetype depth = 0;
    do {
        const QChar c = code[at];
        depth += c == u'(' || c == u'[' || c == u'{' ? 1 : c == u')' || c == u']' || c == u'}' ? -1 : 0;
        at = skipPythonSpace(code, isPythonText(code, at) ? endOfLiteral(code, at) : at + 1);
    } while (depth > 0 && at < code.size());
    return at == code.size();
}

/// What is found by the text that a call is given: a variable, a file.
bool looksUp(const QString &callee)
{
    static constexpr std::array<std::u16string_view, 6> names = {u"getenv", u"get", u"open", u"Path", u"environ", u"getpass"};
    const QStringView name = QStringView(callee).sliced(callee.lastIndexOf(u'.') + 1);
    return std::ranges::find(names, std::u16string_view(name.utf16(), static_cast<std::size_t>(name.size()))) != names.end();
}

class CodeReader
{
public:
    CodeReader(const QString &code, const std::vector<std::string_view> &parameters, bool isIni, const std::vector<std::string> &path)
        : m_code(code), m_parameters(parameters), m_isIni(isIni), m_path(path)
    {
        m_frames.push_back({});
        m_frames.back().isArguments = !parameters.empty() && !isInBrackets(code);
    }

    QString read(const SecretVisitor &visit)
    {
        for (qsizetype at = 0; (at = skipPythonSpace(m_code, at)) < m_code.size();)
            at = token(at);
        QString out;
        qsizetype copied = 0;
        for (const Found &found : m_found) {
            const std::optional<QString> instead = found.isDropped ? std::nullopt : visit(found.path, found.text);
            if (!instead)
                continue;
            out += QStringView(m_code).sliced(copied, found.begin - copied);
            out += literal(*instead, found.quote);
            copied = found.end;
        }
        out += QStringView(m_code).sliced(copied);
        return out;
    }

private:
    enum class Before { Other, Name, Text, Closed };

    /// A bracket that is open, or all of the code.
    struct Frame
    {
        int number = 0;
        int index = 0;
        std::string item;     ///< the name of the value that is being read
        SecretPlace place;    ///< of all in it
        bool isPair = false;
        bool isDict = false;
        bool isArguments = false;
        bool isLookup = false;
        bool looksUpFirst = false;
        bool hasItem = false; ///< something stands behind the last comma
    };

    struct Found
    {
        qsizetype begin;
        qsizetype end;
        QChar quote;
        QString text;
        std::vector<std::string> path; ///< no other has it
        int *count;                    ///< of those of its place
        int frame;
        int index;
        bool isDropped;
    };

    Frame &frame() { return m_frames.back(); }

    std::string nameIn(const Frame &frame) const
    {
        const bool isPosition = frame.isArguments && frame.item.empty() && static_cast<std::size_t>(frame.index) < m_parameters.size();
        return isPosition ? std::string(m_parameters[static_cast<std::size_t>(frame.index)]) : frame.item;
    }

    SecretPlace placeIn(const Frame &frame) const
    {
        const std::string name = nameIn(frame);
        return name.empty() ? SecretPlace{frame.place.isSecret, false} : frame.place.of(name);
    }

    qsizetype token(qsizetype at)
    {
        const QChar c = m_code[at];
        if (isPythonText(m_code, at))
            return text(at);
        if (isOfName(c)) {
            const qsizetype begin = at;
            while (at < m_code.size() && (isOfName(m_code[at]) || m_code[at] == u'.'))
                ++at;
            m_name = m_code.sliced(begin, at - begin);
            return behind(at, Before::Name);
        }
        switch (c.unicode()) {
        case u'(':
        case u'[':
        case u'{': return open(c, at + 1);
        case u')':
        case u']':
        case u'}': return close(at + 1);
        case u',':
            frame().item.clear();
            ++frame().index;
            frame().hasItem = false;
            m_before = Before::Other;
            return at + 1;
        case u'=':
            if (at + 1 < m_code.size() && m_code[at + 1] == u'=')
                return behind(at + 2, Before::Other);
            if (m_before == Before::Name)
                frame().item = m_name.toStdString();
            return behind(at + 1, Before::Other);
        case u':':
            if (m_before == Before::Text || (m_before == Before::Name && frame().isDict))
                key();
            return behind(at + 1, Before::Other);
        default: return behind(at + 1, Before::Other);
        }
    }

    qsizetype behind(qsizetype at, Before before)
    {
        frame().hasItem = true;
        m_before = before;
        return at;
    }

    /// What was read last is the name of what comes.
    void key()
    {
        if (m_before == Before::Text && m_isTextFound) {
            m_paths.erase(m_found.back().path);
            --*m_found.back().count;
            m_found.pop_back();
        }
        frame().item = m_name.toStdString();
    }

    qsizetype open(QChar bracket, qsizetype next)
    {
        if (m_frames.size() > maxDepth) {
            ++m_tooDeep;
            return behind(next, Before::Other);
        }
        const bool follows = m_before != Before::Other && bracket != u'{';
        Frame opened;
        opened.number = ++m_opened;
        opened.place = {placeIn(frame()).isSecret, false};
        opened.isPair = !follows && bracket != u'{' && placeIn(frame()).mayBePair;
        opened.isDict = bracket == u'{';
        opened.isArguments = m_frames.size() == 1 && !frame().isArguments && frame().index == 0 && !frame().hasItem && !m_parameters.empty();
        opened.isLookup = follows && bracket == u'[';
        opened.looksUpFirst = follows && bracket == u'(' && m_before == Before::Name && looksUp(m_name);
        frame().hasItem = true;
        m_frames.push_back(opened);
        m_before = Before::Other;
        return next;
    }

    qsizetype close(qsizetype next)
    {
        if (m_tooDeep > 0) {
            --m_tooDeep;
        } else if (m_frames.size() > 1) {
            const Frame closed = frame();
            m_frames.pop_back();
            if (closed.isPair && closed.index + (closed.hasItem ? 1 : 0) == 2) {
                for (auto found = m_found.rbegin(); found != m_found.rend() && found->frame >= closed.number; ++found)
                    found->isDropped = found->isDropped || (found->frame == closed.number && found->index == 0);
            }
        }
        return behind(next, Before::Closed);
    }

    qsizetype text(qsizetype begin)
    {
        qsizetype quote = begin;
        while (m_code[quote].isLetter())
            ++quote;
        const qsizetype end = endOfLiteral(m_code, begin);
        const QString written = m_code.sliced(begin, end - begin);
        qsizetype at = 0;
        const Result<QString> read = readPythonTexts(written, at);
        // Bytes, or what is no text yet.
        QString text = read ? *read : written.sliced(quote - begin + 1).chopped(end > quote + 1 && written.back() == m_code[quote] ? 1 : 0);
        m_name = text;
        m_isTextFound = false;
        const bool isName = frame().isLookup || (frame().looksUpFirst && frame().index == 0 && frame().item.empty());
        if ((placeIn(frame()).isSecret && !isName) || isSecretWherever(text))
            add(begin, end, m_code[quote], m_isIni ? text.replace(QStringLiteral("%%"), QStringLiteral("%")) : text);
        return behind(end, Before::Text);
    }

    void add(qsizetype begin, qsizetype end, QChar quote, const QString &text)
    {
        // An interpolation of the INI file, which is elsewhere.
        const bool isElsewhere = m_isIni && text.startsWith(u"%(") && text.indexOf(u")s") == text.size() - 2;
        if (text.isEmpty() || isElsewhere)
            return;
        std::vector<std::string> path = m_path;
        for (const Frame &open : m_frames) {
            const std::string name = nameIn(open);
            if (!name.empty() || open.number > 0)
                path.push_back(name.empty() ? std::to_string(open.index) : name);
        }
        int &count = m_counts[path];
        std::vector<std::string> own = numbered(path, ++count);
        while (!m_paths.insert(own).second) // a name may be "token 2" itself
            own = numbered(path, ++count);
        m_found.push_back({begin, end, quote, text, std::move(own), &count, frame().number, frame().index, false});
        m_isTextFound = true;
    }

    /// The way to a further text of the same place.
    std::vector<std::string> numbered(std::vector<std::string> path, int count) const
    {
        if (count == 1)
            return path;
        if (path.size() == m_path.size())
            path.push_back(std::to_string(count));
        else
            path.back() += " " + std::to_string(count);
        return path;
    }

    QString literal(const QString &text, QChar quote) const
    {
        QString out(quote);
        for (const QChar c : text) {
            if (c == u'\\' || c == quote)
                out += u'\\';
            if (c == u'%' && m_isIni)
                out += u'%';
            out += c == u'\n' ? QStringLiteral("\\n") : QString(c);
        }
        return out + quote;
    }

    const QString &m_code;
    const std::vector<std::string_view> &m_parameters;
    const bool m_isIni;
    const std::vector<std::string> &m_path;
    std::vector<Frame> m_frames;
    std::vector<Found> m_found;
    std::map<std::vector<std::string>, int> m_counts; ///< of the texts of a place
    std::set<std::vector<std::string>> m_paths;       ///< of those in m_found
    QString m_name; ///< the name or text that was read last
    Before m_before = Before::Other;
    int m_opened = 0;
    int m_tooDeep = 0;
    bool m_isTextFound = false; ///< the text that was read last is in m_found
};

} // namespace

QString visitSecretsInCode(const QString &code, const std::vector<std::string_view> &parameters, bool isIni,
                           const std::vector<std::string> &path, const SecretVisitor &visit)
{
    return CodeReader(code, parameters, isIni, path).read(visit);
}

} // namespace sluice
