#include "shell/RehearsalPanel.h"

#include "console/Words.h"
#include "look/Appearance.h"
#include "look/ChoiceBox.h"
#include "look/Icons.h"
#include "shell/RehearsalModel.h"
#include "shell/SampleText.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace sluice {

namespace {

constexpr int pollMilliseconds = 100;
constexpr Nanoseconds perMillisecond = 1'000'000;

QDateTimeEdit *makeTime(const QString &name)
{
    auto *edit = new QDateTimeEdit;
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    edit->setAccessibleName(name);
    edit->setToolTip(name);
    return edit;
}

Nanoseconds timeOf(const QDateTimeEdit &edit) { return edit.dateTime().toMSecsSinceEpoch() * perMillisecond; }

} // namespace

RehearsalPanel::RehearsalPanel(Context context, QWidget *parent)
    : QFrame(parent), m_context(std::move(context)), m_records(new ChoiceBox), m_from(makeTime(tr("From"))), m_until(makeTime(tr("Until"))),
      m_start(new QPushButton(tr("Rehearse"))), m_progress(new QProgressBar), m_words(new QLabel), m_close(new QToolButton), m_table(new QTreeView),
      m_samples(new QPlainTextEdit), m_model(new RehearsalModel(this))
{
    setObjectName(QStringLiteral("rehearsal"));
    setAccessibleName(tr("Rehearsal"));
    auto *title = new QLabel(tr("Rehearse with"));
    title->setObjectName(QStringLiteral("title"));
    m_records->setAccessibleName(tr("Records to rehearse with"));
    m_records->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_start->setObjectName(QStringLiteral("primary"));
    m_start->setToolTip(tr("Take these records through the chain as it is drawn and as it runs. Nothing is written, sent or shown."));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(96, 6);
    m_progress->setAccessibleName(tr("Progress of the rehearsal"));
    m_words->setObjectName(QStringLiteral("secondary"));
    m_words->setText(tr("They go through the chain as it is drawn and as it runs. Nothing is written, sent or shown elsewhere."));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("What came of the rehearsal"));
    m_close->setObjectName(QStringLiteral("flat"));
    m_close->setIcon(themedIcon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Close the rehearsal"));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setFocusPolicy(Qt::TabFocus);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_records);
    row->addWidget(m_from);
    row->addWidget(m_until);
    row->addWidget(m_start);
    row->addWidget(m_progress);
    row->addWidget(m_words, 1);
    row->addWidget(m_close);

    m_table->setModel(m_model);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAccessibleName(tr("What each node would have done"));
    m_table->header()->setStretchLastSection(false);
    m_table->setColumnWidth(RehearsalModel::Node, 140);
    m_table->header()->setSectionResizeMode(RehearsalModel::Running, QHeaderView::Stretch);
    m_table->header()->setSectionResizeMode(RehearsalModel::Drawn, QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_samples->setReadOnly(true);
    m_samples->setObjectName(QStringLiteral("code"));
    m_samples->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_samples->setFont(Appearance::logFont());
    m_samples->setAccessibleName(tr("What would have gone out"));
    m_samples->setTabChangesFocus(true);
    m_samples->setPlaceholderText(tr("Select a node to see what would have gone out of it."));
    auto *body = new QSplitter(Qt::Horizontal);
    body->setChildrenCollapsible(false);
    body->addWidget(m_table);
    body->addWidget(m_samples);
    body->setStretchFactor(0, 3);
    body->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(body, 1);

    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_runner.isRunning())
            m_runner.cancel();
        else
            start();
    });
    connect(m_close, &QToolButton::clicked, this, &RehearsalPanel::closed);
    connect(m_records, &QComboBox::currentIndexChanged, this, &RehearsalPanel::updateFields);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        showSamples(current.isValid() ? current.row() : -1);
        if (current.isValid())
            Q_EMIT nodeChosen(QString::fromStdString(m_model->node(current.row()).id));
    });
    connect(&m_runner, &RehearsalRunner::finished, this, &RehearsalPanel::showReport);
    connect(&m_poll, &QTimer::timeout, this, [this] { m_progress->setValue(m_runner.progress()); });
    m_poll.setInterval(pollMilliseconds);
    updateRecords();
    updateFields();
}

void RehearsalPanel::open()
{
    updateRecords();
    updateFields();
    show();
    m_start->setFocus(Qt::ShortcutFocusReason);
}

void RehearsalPanel::updateRecords()
{
    const std::optional<ViewRecords> view = m_context.view ? m_context.view() : std::nullopt;
    const int before = m_records->currentData().isValid() ? m_records->currentData().toInt() : view ? OfView : All;
    {
        const QSignalBlocker quiet(m_records);
        m_records->clear();
        if (view)
            m_records->addItem(tr("what “%1” shows").arg(view->title), OfView);
        m_records->addItem(tr("all records"), All);
        m_records->addItem(tr("records from … until …"), InTime);
        m_records->setCurrentIndex(qMax(0, m_records->findData(before)));
    }
    const CaptureSnapshot snapshot = m_context.capture()->snapshot();
    if (snapshot.size() == 0)
        return;
    // As far as they are in memory: nobody waits for a disk here.
    const auto first = snapshot.tryColumns(snapshot.firstRow());
    const auto last = snapshot.tryColumns(snapshot.endRow() - 1);
    if (first)
        m_from->setDateTime(QDateTime::fromMSecsSinceEpoch(first->created / perMillisecond));
    if (last)
        m_until->setDateTime(QDateTime::fromMSecsSinceEpoch(last->created / perMillisecond).addSecs(1));
}

void RehearsalPanel::updateFields()
{
    const bool isRunning = m_runner.isRunning();
    const bool isInTime = m_records->currentData().toInt() == InTime;
    m_from->setVisible(isInTime);
    m_until->setVisible(isInTime);
    for (QWidget *field : {static_cast<QWidget *>(m_records), static_cast<QWidget *>(m_from), static_cast<QWidget *>(m_until)})
        field->setEnabled(!isRunning);
    m_start->setText(isRunning ? tr("Cancel") : tr("Rehearse"));
    m_progress->setVisible(isRunning);
}

void RehearsalPanel::start()
{
    if (m_runner.isRunning())
        return;
    Result<Chain> drawn = m_context.drawn();
    if (!drawn) {
        m_words->setText(tr("Not yet: %1").arg(QString::fromStdString(drawn.error().text)));
        return;
    }
    CaptureRehearsalRequest request;
    request.store = m_context.capture();
    const int records = m_records->currentData().toInt();
    if (const std::optional<ViewRecords> view = m_context.view ? m_context.view() : std::nullopt; records == OfView && view) {
        request.store = view->store;
        request.filter = view->filter;
    } else if (records == InTime) {
        request.filter.from = timeOf(*m_from);
        request.filter.until = timeOf(*m_until);
    }
    request.snapshot = request.store->snapshot();
    request.edited = std::move(*drawn);
    request.running = m_context.running();
    request.baseDirectory = m_context.baseDirectory();
    m_words->clear();
    m_progress->setValue(0);
    m_runner.start(std::move(request));
    m_poll.start();
    updateFields();
}

void RehearsalPanel::showReport(const std::shared_ptr<const CaptureRehearsalReport> &report, const QString &error)
{
    m_poll.stop();
    updateFields();
    if (std::exchange(m_isForgotten, false))
        return;
    if (!report) {
        m_words->setText(error);
        return;
    }
    m_model->setReport(report);
    m_samples->clear();
    const int differences = m_model->differences();
    QString words = words::counted(report->records, tr("record"), tr("records")) + QStringLiteral(" · ") +
                    (differences == 0   ? tr("both chains do the same")
                     : differences == 1 ? tr("1 node differs")
                                        : tr("%1 nodes differ").arg(differences));
    if (report->lost > 0)
        words += tr(" · %1 could not be read").arg(words::counted(report->lost, tr("record"), tr("records")));
    m_words->setText(words);
    Q_EMIT reported(report);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const NodeComparison &node = m_model->node(row);
        if (node.differs() && node.edited && node.edited->output) {
            m_table->setCurrentIndex(m_model->index(row, 0));
            return;
        }
    }
}

void RehearsalPanel::setOutdated()
{
    if (m_model->report() && !m_runner.isRunning())
        m_words->setText(tr("The chain was edited since."));
}

void RehearsalPanel::forget()
{
    m_runner.cancel();
    m_isForgotten = m_runner.isRunning();
    m_model->setReport(nullptr);
    m_samples->clear();
    m_words->clear();
    Q_EMIT reported(nullptr);
}

void RehearsalPanel::showSamples(int row)
{
    m_samples->setPlainText(row < 0 ? QString() : sampleText(m_model->node(row)));
}

void RehearsalPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_runner.isRunning())
            m_runner.cancel();
        else
            Q_EMIT closed();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace sluice
