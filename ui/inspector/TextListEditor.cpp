#include "inspector/TextListEditor.h"

#include "inspector/PathEditor.h"
#include "receiver/PathPattern.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTextBlock>
#include <QTextDocument>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int minLines = 2;
constexpr int maxLines = 8;

QString joined(const QJsonValue &value)
{
    QStringList lines;
    for (const QJsonValue line : value.toArray())
        lines.append(line.toVariant().toString());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

TextListEditor::TextListEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : ParamEditor(spec, parent), m_context(context), m_edit(new QPlainTextEdit)
{
    m_edit->setObjectName(QStringLiteral("field"));
    m_edit->setTabChangesFocus(true);
    m_edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_edit->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->document()->setDocumentMargin(3);
    adopt(m_edit);
    setFocusProxy(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit);
    if (spec.hint == ParamSpec::Hint::File) {
        m_browse = new QPushButton(tr("Browse…"));
        m_browse->setObjectName(QStringLiteral("compact"));
        m_browse->setAccessibleName(tr("Browse for %1").arg(QString::fromStdString(spec.key)));
        m_browse->setToolTip(tr("Adds files; several can be chosen at once"));
        layout->addWidget(m_browse, 0, Qt::AlignLeft);
        connect(m_browse, &QPushButton::clicked, this, &TextListEditor::browse);
    }
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        if (m_isDisplaying)
            return;
        QJsonArray lines;
        for (const QString &line : m_edit->toPlainText().split(QLatin1Char('\n'))) {
            if (const QString text = line.trimmed(); !text.isEmpty())
                lines.append(text);
        }
        edit(lines.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(lines));
    });
    display();
    fit();
}

QWidget *TextListEditor::field() const { return m_edit; }

void TextListEditor::display()
{
    const bool isExample = spec().hint == ParamSpec::Hint::MailAddress;
    m_edit->setPlaceholderText(isMixed()   ? tr("different")
                               : isExample ? tr("name@example.org, one a line")
                               : m_browse  ? tr("files or patterns such as logs/*.log, one a line")
                                           : tr("one a line"));
    const QString text = isMixed() ? QString() : joined(value().isUndefined() ? spec().defaultValue : value());
    if (m_edit->toPlainText() == text)
        return;
    const QScopedValueRollback displaying(m_isDisplaying, true);
    const int cursor = m_edit->textCursor().position();
    m_edit->setPlainText(text);
    QTextCursor at = m_edit->textCursor();
    at.setPosition(m_edit->hasFocus() ? qMin(cursor, static_cast<int>(text.size())) : 0);
    m_edit->setTextCursor(at);
}

void TextListEditor::browse()
{
    const QString folder = m_context.folder ? m_context.folder() : QString();
    const QJsonArray now = value().toArray();
    // Where the last one is there are probably more.
    const QString begin = now.isEmpty() ? folder : QFileInfo(QDir(folder).absoluteFilePath(now.last().toString())).path();
    auto *dialog = new QFileDialog(this, QString::fromStdString(spec().help), begin);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setLabelText(QFileDialog::Accept, tr("Add"));
    connect(dialog, &QFileDialog::filesSelected, this, &TextListEditor::add);
    dialog->open();
}

void TextListEditor::add(const QStringList &files)
{
    QJsonArray lines = value().toArray();
    for (const QString &file : files) {
        // A file's own name may have what is a wildcard in a pattern.
        const QJsonValue line = QString::fromStdString(PathPattern::escaped(PathEditor::asWritten(file, m_context).toStdString()));
        if (!lines.contains(line))
            lines.append(line);
    }
    edit(lines.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(lines));
    display();
    Q_EMIT finished();
}

void TextListEditor::fit()
{
    const int lines = qBound(minLines, m_edit->document()->blockCount(), maxLines);
    const int margins = 2 * static_cast<int>(m_edit->document()->documentMargin()) + 2 * m_edit->frameWidth() + 6;
    m_edit->setFixedHeight(lines * QFontMetrics(m_edit->font()).lineSpacing() + margins);
}

void TextListEditor::changeEvent(QEvent *event)
{
    ParamEditor::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        fit();
}

} // namespace sluice
