#include "shell/TestPanel.h"

#include "base/Clock.h"
#include "chain/TraceWords.h"
#include "console/Words.h"
#include "look/Appearance.h"
#include "look/ChoiceBox.h"
#include "look/Icons.h"
#include "record/Level.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <array>

namespace sluice {

namespace {

using Outcome = TestStep::Outcome;

/// One step after the other, so that the eye can follow; at rest a look now and then is enough.
constexpr int stepMilliseconds = 60;
constexpr int restMilliseconds = 250;
constexpr std::array levels{level::Debug, level::Info, level::Warning, level::Error, level::Critical};

struct Look
{
    const char *icon;
    const char *color;
};

Look lookOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed:
    case Outcome::Written:
        return {"check", "ok"};
    case Outcome::Rejected:
        return {"close", "secondary"};
    case Outcome::Lost:
        return {"warning", "problem"};
    case Outcome::Working:
    case Outcome::Waiting:
        break;
    }
    return {"node-clock", "wireDrops"};
}

} // namespace

TestPanel::TestPanel(Send send, QWidget *parent)
    : QFrame(parent), m_sendRecord(std::move(send)), m_nodes(new ChoiceBox), m_level(new ChoiceBox), m_logger(new QLineEdit),
      m_message(new QLineEdit), m_extra(new QPlainTextEdit), m_send(new QPushButton(tr("Send test record"))), m_problem(new QLabel),
      m_summary(new QLabel), m_steps(new QTreeWidget)
{
    setObjectName(QStringLiteral("testPanel"));
    setAccessibleName(tr("Test record"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(16);
    row->addWidget(makeForm(), 1);
    row->addWidget(makeList(), 1);
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("flat"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setIconSize(QSize(16, 16));
    close->setAccessibleName(tr("Close the test record"));
    close->setToolTip(tr("Close (Esc)"));
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &TestPanel::closed);
    connect(&m_poll, &QTimer::timeout, this, &TestPanel::poll);
    setState({});
    setProblem({});
}

QWidget *TestPanel::makeForm()
{
    m_nodes->setAccessibleName(tr("Node at which it is put in"));
    m_nodes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_level->setAccessibleName(tr("Level"));
    m_level->setEditable(true);
    for (const int number : levels)
        m_level->addItem(QString::fromStdString(levelName(number)));
    m_logger->setAccessibleName(tr("Logger"));
    m_logger->setMaxLength(1000);
    m_message->setAccessibleName(tr("Message"));
    m_message->setMaxLength(10'000);
    m_extra->setObjectName(QStringLiteral("field"));
    m_extra->setAccessibleName(tr("Extra fields"));
    m_extra->setPlaceholderText(tr("user.id=42, one in each line"));
    m_extra->setTabChangesFocus(true);
    m_extra->setFixedHeight(m_extra->fontMetrics().lineSpacing() * 2 + 12);
    m_send->setObjectName(QStringLiteral("primary"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *warning = new QLabel(tr("It goes through the chain that runs: files, servers and mailboxes really get it, marked by the extra "
                                  "field %1.").arg(QLatin1String(TestRecord::mark)));
    warning->setObjectName(QStringLiteral("testWarning"));
    warning->setWordWrap(true);
    m_level->setMinimumContentsLength(8);
    auto *kind = new QHBoxLayout;
    kind->setSpacing(8);
    kind->addWidget(m_level);
    kind->addWidget(m_logger, 1);
    m_logger->setPlaceholderText(tr("Logger"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Put in at"), m_nodes);
    form->addRow(tr("Level, logger"), kind);
    form->addRow(tr("Message"), m_message);
    form->addRow(tr("Extra"), m_extra);
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(warning);
    column->addStretch(1);
    column->addWidget(m_send, 0, Qt::AlignRight);
    connect(m_send, &QPushButton::clicked, this, &TestPanel::send);
    connect(m_nodes, &QComboBox::activated, this, [this] { Q_EMIT nodeChosen(node()); });
    for (QLineEdit *line : {m_logger, m_message, m_level->lineEdit()})
        connect(line, &QLineEdit::returnPressed, this, &TestPanel::send);
    return holder;
}

QWidget *TestPanel::makeList()
{
    m_steps->setAccessibleName(tr("Where the test record went"));
    m_steps->setHeaderLabels({tr("Node"), tr("What became of it")});
    m_steps->setIndentation(16);
    m_steps->setItemsExpandable(false);
    m_steps->setRootIsDecorated(false);
    m_steps->setUniformRowHeights(true);
    m_steps->setTextElideMode(Qt::ElideRight);
    m_steps->header()->setStretchLastSection(true);
    m_steps->header()->resizeSection(0, 150);
    m_steps->setMinimumHeight(120);
    m_summary->setObjectName(QStringLiteral("secondary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setText(tr("Nothing has been sent yet."));
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_summary);
    column->addWidget(m_steps, 1);
    connect(m_steps, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (item)
            Q_EMIT nodeChosen(item->data(0, Qt::UserRole).toString());
    });
    return holder;
}

void TestPanel::setNodes(const Chain &chain)
{
    const QString before = node();
    const QSignalBlocker quiet(m_nodes);
    m_nodes->clear();
    for (const ChainNode &one : chain.nodes())
        m_nodes->addItem(QString::fromStdString(one.id));
    setNode(before);
}

void TestPanel::setNode(const QString &id)
{
    const QSignalBlocker quiet(m_nodes);
    if (const int index = m_nodes->findText(id, Qt::MatchExactly | Qt::MatchCaseSensitive); index >= 0)
        m_nodes->setCurrentIndex(index);
    else if (m_nodes->currentIndex() < 0 && m_nodes->count() > 0)
        m_nodes->setCurrentIndex(0);
}

QString TestPanel::node() const { return m_nodes->currentText(); }

void TestPanel::focusForm()
{
    m_message->setFocus(Qt::OtherFocusReason);
    m_message->selectAll();
}

QJsonObject TestPanel::state() const
{
    return {{QStringLiteral("level"), m_level->currentText()},
            {QStringLiteral("logger"), m_logger->text()},
            {QStringLiteral("message"), m_message->text()},
            {QStringLiteral("extra"), m_extra->toPlainText()}};
}

void TestPanel::setState(const QJsonObject &state)
{
    const TestRecord usual;
    const auto text = [&](const char *key, const std::string &otherwise) {
        return state.value(QLatin1String(key)).toString(QString::fromStdString(otherwise)).left(10'000);
    };
    m_level->setEditText(text("level", levelName(usual.level)));
    m_logger->setText(text("logger", usual.logger));
    m_message->setText(text("message", usual.message));
    m_extra->setPlainText(text("extra", {}));
}

Result<TestRecord> TestPanel::typed() const
{
    TestRecord record;
    const QString words = m_level->currentText().trimmed();
    bool isNumber = false;
    record.level = words.toInt(&isNumber);
    if (!isNumber) {
        const auto number = levelNumber(words.toUpper().toStdString());
        if (!number)
            return Error{tr("“%1” is no level: a name such as WARNING, or a number.").arg(words).toStdString()};
        record.level = *number;
    }
    record.logger = m_logger->text().toStdString();
    record.message = m_message->text().toStdString();
    auto extra = TestRecord::parseExtra(m_extra->toPlainText().toStdString());
    if (!extra)
        return extra.error();
    record.extra = std::move(*extra);
    return record;
}

void TestPanel::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty() && m_problem->parentWidget());
}

void TestPanel::send()
{
    Q_EMIT stateChanged();
    const Result<TestRecord> record = typed();
    if (!record)
        return setProblem(QString::fromStdString(record.error().text));
    const Result<std::shared_ptr<LogRecordBatch>> batch = record->make(wallClock());
    if (!batch)
        return setProblem(QString::fromStdString(batch.error().text));
    const auto run = m_sendRecord(node().toStdString(), *batch);
    if (!run)
        return setProblem(QString::fromStdString(run.error().text));
    setProblem({});
    m_run = *run;
    m_shown.clear();
    m_steps->clear();
    m_summary->setText(tr("On its way…"));
    Q_EMIT shownChanged(m_shown);
    m_poll.start(stepMilliseconds);
}

void TestPanel::poll()
{
    const TestRun::State state = m_run->state();
    std::vector<TestStep> next = state.steps;
    // Where nothing is to move on the screen, all comes at once.
    const bool isMoving = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (isMoving && next.size() > m_shown.size() + 1)
        next.resize(m_shown.size() + 1);
    const bool isAll = next.size() == state.steps.size();
    if (next != m_shown) {
        m_shown = std::move(next);
        showSteps();
        Q_EMIT shownChanged(m_shown);
    }
    if (!isAll)
        return;
    m_summary->setText(inWords(state));
    if (state.isFinished)
        m_poll.stop();
    else if (m_poll.interval() != restMilliseconds && !state.steps.empty())
        m_poll.start(restMilliseconds);
}

QString TestPanel::inWords(const TestStep &step) { return words::fromUtf8(tracewords::outcome(step), 1000); }

QString TestPanel::inWords(const TestRun::State &state)
{
    std::array<int, 6> numbers{};
    for (const TestStep &step : state.steps)
        ++numbers[static_cast<std::size_t>(step.outcome)];
    const auto number = [&](Outcome outcome) { return numbers[static_cast<std::size_t>(outcome)]; };
    QStringList parts;
    const auto tell = [&](const QString &words, int count) {
        if (count > 0)
            parts << words.arg(count);
    };
    tell(tr("written %1 ×"), number(Outcome::Written));
    tell(tr("held back %1 ×"), number(Outcome::Rejected));
    tell(tr("lost %1 ×"), number(Outcome::Lost));
    tell(tr("waits at %1"), number(Outcome::Waiting) + number(Outcome::Working));
    if (parts.isEmpty() && state.isFinished)
        return tr("It went nowhere: no wire leads on.");
    return parts.isEmpty() ? tr("On its way…") : tr("The record was %1").arg(parts.join(QStringLiteral(", ")));
}

void TestPanel::showSteps()
{
    const QSignalBlocker quiet(m_steps);
    // What was said of a step before may be other by now.
    std::vector<QTreeWidgetItem *> items;
    m_steps->clear();
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const TestStep &step = m_shown[i];
        auto *item = step.from < items.size() ? new QTreeWidgetItem(items[step.from]) : new QTreeWidgetItem(m_steps);
        const QString id = words::fromUtf8(step.node, 200);
        const Look look = lookOf(step.outcome);
        item->setText(0, tr("%1  %2").arg(i + 1).arg(id));
        item->setText(1, inWords(step));
        item->setIcon(1, QIcon(tintedPixmap(QLatin1String(look.icon), 16, devicePixelRatioF(), Appearance::theme().color(look.color))));
        item->setToolTip(0, id);
        item->setToolTip(1, inWords(step));
        item->setData(0, Qt::UserRole, QString::fromStdString(step.node));
        items.push_back(item);
    }
    m_steps->expandAll();
    if (!items.empty())
        m_steps->scrollToItem(items.back());
}

void TestPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QFrame::keyPressEvent(event);
}

void TestPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_shown.empty())
        showSteps();
}

} // namespace sluice
