#include "inspector/RecordPreview.h"

#include "console/Words.h"
#include "inspector/ParamEditor.h"
#include "look/Appearance.h"
#include "record/SampleRecord.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr std::size_t maxBytes = 2000;
constexpr int maxLines = 8;

QString beginning(const std::string &text)
{
    QString shown = words::fromUtf8(text, maxBytes);
    QStringList lines = shown.split(QLatin1Char('\n'));
    const bool isCut = text.size() > maxBytes || lines.size() > maxLines;
    lines = lines.mid(0, maxLines);
    return lines.join(QLatin1Char('\n')) + (isCut ? QStringLiteral(" …") : QString());
}

} // namespace

RecordPreview::RecordPreview(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : QFrame(parent), m_spec(spec), m_context(context), m_caption(new QLabel), m_text(new QLabel)
{
    setObjectName(QStringLiteral("code"));
    m_caption->setObjectName(QStringLiteral("secondary"));
    m_caption->setFont(Appearance::smallFont());
    m_caption->setWordWrap(true);
    m_text->setFont(Appearance::logFont());
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Preview of %1").arg(QString::fromStdString(spec.key)));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_caption);
    layout->addWidget(m_text);
}

void RecordPreview::showFor(const QJsonValue &value)
{
    Problems problems;
    m_spec.check(value, "$", problems);
    // Without a value it is the default's; what is wrong stands beside its field.
    if (value.isUndefined() || value.isNull() || !problems.empty()) {
        hide();
        return;
    }
    LogRecordBatchPtr batch = m_context.lastRecord ? m_context.lastRecord() : nullptr;
    const bool isReal = batch && !batch->empty();
    if (!isReal)
        batch = sampleRecord("Sluice shows what a record becomes", wallClock());
    const Result<std::string> text = m_spec.preview(value, batch->records().back());
    m_caption->setText(isReal ? tr("The last record becomes") : tr("A record becomes"));
    m_text->setText(text ? beginning(*text) : QString::fromStdString(text.error().text));
    setStyleProperty(m_text, "problem", !text.ok());
    show();
}

void RecordPreview::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange) {
        m_caption->setFont(Appearance::smallFont());
        m_text->setFont(Appearance::logFont());
    }
}

} // namespace sluice
