#include "inspector/TextEditor.h"

#include "base/TextEncoder.h"
#include "look/Appearance.h"

#include <QCompleter>
#include <QEvent>
#include <QLineEdit>

#include <algorithm>

namespace sluice {

namespace {

bool isCode(const ParamSpec &spec)
{
    return spec.hint == ParamSpec::Hint::Code || spec.hint == ParamSpec::Hint::Escaped;
}

QStringList encodings()
{
    QStringList names;
    for (const std::string &name : encodingNames())
        names.append(QString::fromStdString(name));
    return names;
}

} // namespace

TextEditor::TextEditor(const ParamSpec &spec, QWidget *parent) : LineEditor(spec, parent)
{
    if (isCode(spec))
        line()->setFont(Appearance::logFont());
    if (spec.hint == ParamSpec::Hint::Encoding) {
        auto *completer = new QCompleter(encodings(), line());
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        line()->setCompleter(completer);
        connect(completer, qOverload<const QString &>(&QCompleter::activated), this,
                [this](const QString &name) { edit(name); });
    }
    for (const ParamSpec::Suggestion &suggestion : spec.suggestions) {
        const QString value = QString::fromStdString(suggestion.value);
        const QString words = QString::fromStdString(suggestion.words);
        const QString shown = value.isEmpty() ? tr("empty") : print(value);
        offer(words.isEmpty() ? shown : shown + QStringLiteral(" – ") + words, value);
    }
    const bool offersEmpty = !spec.required && !spec.defaultValue.toString().isEmpty() &&
                             std::ranges::find(spec.suggestions, std::string(), &ParamSpec::Suggestion::value) == spec.suggestions.end();
    if (offersEmpty)
        offer(tr("Empty text"), QString());
    if (spec.optional && !spec.defaultValue.isNull())
        offer(tr("None"), QJsonValue());
    display();
}

QJsonValue TextEditor::parse(const QString &text) const
{
    return spec().hint == ParamSpec::Hint::Escaped ? unescapedText(text) : text;
}

QString TextEditor::print(const QJsonValue &value) const
{
    const QString text = value.isString() ? value.toString() : value.toVariant().toString();
    return spec().hint == ParamSpec::Hint::Escaped ? escapedText(text) : text;
}

void TextEditor::changeEvent(QEvent *event)
{
    LineEditor::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange && isCode(spec()))
        line()->setFont(Appearance::logFont());
}

QString escapedText(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c == QLatin1Char('\\'))
            out += QStringLiteral("\\\\");
        else if (c == QLatin1Char('\n'))
            out += QStringLiteral("\\n");
        else if (c == QLatin1Char('\r'))
            out += QStringLiteral("\\r");
        else if (c == QLatin1Char('\t'))
            out += QStringLiteral("\\t");
        else if (c < QLatin1Char(' ') || c == QChar(0x7F))
            out += QStringLiteral("\\x%1").arg(static_cast<int>(c.unicode()), 2, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out;
}

QString unescapedText(const QString &text)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
        if (text[i] != QLatin1Char('\\') || next.isNull()) {
            out += text[i];
            continue;
        }
        ++i;
        bool isHex = false;
        const int code = QStringView(text).mid(i + 1, 2).toInt(&isHex, 16);
        if (next == QLatin1Char('n'))
            out += QLatin1Char('\n');
        else if (next == QLatin1Char('r'))
            out += QLatin1Char('\r');
        else if (next == QLatin1Char('t'))
            out += QLatin1Char('\t');
        else if (next == QLatin1Char('\\'))
            out += next;
        else if (next == QLatin1Char('x') && isHex && i + 2 < text.size()) {
            out += QChar(code);
            i += 2;
        } else {
            out += QLatin1Char('\\');
            out += next;
        }
    }
    return out;
}

} // namespace sluice
