#include "console/RecordDetail.h"

#include "console/FieldModel.h"
#include "console/FieldTree.h"
#include "console/LevelBadge.h"
#include "console/NoteField.h"
#include "console/RecordWay.h"
#include "console/SourceLink.h"
#include "console/TextBlock.h"
#include "console/Words.h"
#include "format/Formatter.h"
#include "look/Appearance.h"
#include "look/ElidedLabel.h"
#include "record/Level.h"
#include "wire/JsonInText.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace sluice {

class RecordDetail::LevelMark : public QWidget
{
public:
    LevelMark() { setFixedSize(24, 22); }

    void setSeverity(Severity severity)
    {
        m_severity = severity;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintLevelBadge(painter, rect(), m_severity);
    }

private:
    Severity m_severity = Severity::Info;
};

namespace {

QLabel *selectableLabel(const QString &accessibleName)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(accessibleName);
    return label;
}

QWidget *section(const QString &title, QWidget *content, std::function<QString()> text)
{
    auto *widget = new QWidget;
    auto *label = new QLabel(title);
    label->setObjectName(QStringLiteral("sectionTitle"));
    auto *head = new QHBoxLayout;
    head->addWidget(label);
    head->addStretch();
    head->addWidget(makeCopyButton(
        RecordDetail::tr("Copy %1").arg(title.toLower()), std::move(text), widget));
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(content);
    return widget;
}

QWidget *section(const QString &title, FieldTree *tree, FieldModel *model)
{
    tree->setModel(model);
    tree->setAccessibleName(title);
    return section(title, tree, [model] { return model->text(); });
}

} // namespace

RecordDetail::RecordDetail(QWidget *parent)
    : QScrollArea(parent), m_mark(new LevelMark),
      m_levelname(selectableLabel(tr("Level"))), m_name(new ElidedLabel), m_time(new ElidedLabel),
      m_message(new TextBlock(tr("Message"), true)), m_traceback(new TextBlock(tr("Traceback"), false)),
      m_stack(new TextBlock(tr("Stack"), false)), m_source(new SourceLink),
      m_note(new NoteField), m_json(new FieldModel(this)),
      m_jsonTree(new FieldTree), m_way(new RecordWay), m_noWay(new QLabel), m_extra(new FieldModel(this)),
      m_attributes(new FieldModel(this)), m_extraTree(new FieldTree), m_attributeTree(new FieldTree)
{
    setObjectName(QStringLiteral("detail"));
    setAccessibleName(tr("Detail of the selected record"));
    m_levelname->setObjectName(QStringLiteral("title"));
    m_name->setObjectName(QStringLiteral("title"));
    m_name->setAccessibleName(tr("Logger"));
    m_time->setAccessibleName(tr("Time"));
    m_time->setObjectName(QStringLiteral("secondary"));
    m_time->setFont(Appearance::logFont());

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_mark);
    first->addWidget(m_levelname);
    first->addWidget(m_name, 1);
    first->addWidget(makeCopyButton(
        tr("Copy the whole record"), [this] { return wholeText(); }, this));

    m_extraSection = section(tr("Extra fields"), m_extraTree, m_extra);
    m_jsonSection = section(tr("JSON in the message"), m_jsonTree, m_json);
    auto *way = new QWidget;
    auto *wayLayout = new QVBoxLayout(way);
    wayLayout->setContentsMargins(0, 0, 0, 0);
    wayLayout->addWidget(m_noWay);
    wayLayout->addWidget(m_way);
    m_noWay->setObjectName(QStringLiteral("secondary"));
    m_noWay->setWordWrap(true);
    m_waySection = section(tr("Why it is here"), way, [this] { return m_way->text(); });
    m_waySection->hide();
    for (FieldTree *tree : {m_extraTree, m_attributeTree, m_jsonTree})
        connect(tree, &FieldTree::menuOpening, this, &RecordDetail::fieldMenuOpening);
    auto *body = new QWidget;
    body->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    body->setObjectName(QStringLiteral("detailBody"));
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(16);
    auto *head = new QVBoxLayout;
    head->setSpacing(4);
    head->addLayout(first);
    head->addWidget(m_time);
    head->addWidget(m_source);
    head->addWidget(m_note);
    layout->addLayout(head);
    layout->addWidget(m_message);
    layout->addWidget(m_jsonSection);
    layout->addWidget(m_traceback);
    layout->addWidget(m_stack);
    layout->addWidget(m_extraSection);
    layout->addWidget(m_waySection);
    layout->addWidget(section(tr("Attributes"), m_attributeTree, m_attributes));
    layout->addStretch();

    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setWidget(body);
}

void RecordDetail::setFound(const FoundText &found)
{
    m_message->setFound(found);
    m_traceback->setFound(found);
}

void RecordDetail::showRecord(const LogRecord &record)
{
    const Severity severity = severityOf(record.levelno);
    m_mark->setSeverity(severity);
    m_levelname->setText(words::fromUtf8(record.levelname(), 64));
    m_name->setText(words::fromUtf8(record.name(), 512));
    m_name->setToolTip(m_name->text());
    m_time->setText(words::fullTime(record.created));

    std::string message;
    if (!appendMessage(record, message))
        message = record.text(Attribute::Msg);
    m_message->setText(words::fromUtf8(message));
    const std::string_view json = jsonIn(message).value_or(std::string_view());
    m_json->showJson(json);
    m_jsonSection->setVisible(!json.empty());
    m_source->showPlace(words::fromUtf8(record.text(Attribute::Pathname), 4096),
                        record[Attribute::Lineno].isInt() ? record[Attribute::Lineno].asInt() : 0,
                        words::fromUtf8(record.text(Attribute::FuncName), 200));
    const auto show = [&](TextBlock *block, Attribute attribute) {
        const std::string_view text = record.text(attribute);
        block->setVisible(!text.empty());
        block->setText(words::fromUtf8(text));
    };
    show(m_traceback, Attribute::ExcText);
    show(m_stack, Attribute::StackInfo);
    m_extra->showExtra(record);
    m_extraSection->setVisible(!record.extra.empty());
    m_attributes->showAttributes(record);
}

void RecordDetail::showWay(std::vector<TraceStep> steps, const QString &otherwise)
{
    m_noWay->setText(otherwise);
    m_noWay->setVisible(!otherwise.isEmpty());
    m_waySection->setVisible(!steps.empty() || !otherwise.isEmpty());
    m_way->setSteps(std::move(steps));
}

QString RecordDetail::wholeText() const
{
    QString text = m_time->text() + QLatin1Char(' ') + m_levelname->text() + QLatin1Char(' ') +
                   m_name->text() + QStringLiteral("\n\n") + m_message->text() + QLatin1Char('\n');
    for (const TextBlock *block : {m_traceback, m_stack}) {
        if (!block->text().isEmpty())
            text += QLatin1Char('\n') + block->text() + QLatin1Char('\n');
    }
    if (m_extra->rowCount() > 0)
        text += QLatin1Char('\n') + m_extra->text();
    return text + QLatin1Char('\n') + m_attributes->text();
}

} // namespace sluice
