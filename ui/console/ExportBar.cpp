#include "console/ExportBar.h"

#include "console/ColumnLayout.h"
#include "console/RecordTable.h"
#include "console/Words.h"
#include "look/ChoiceBox.h"
#include "look/ElidedLabel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

namespace sluice {

namespace {

/// Copying a million records would be too much for the next program that pastes them.
constexpr std::size_t maxCopiedRows = 100'000;
/// What takes longer shows that it is working.
constexpr int quietMilliseconds = 100;

struct Kind
{
    RecordTextOptions::Kind kind;
    const char *words;
    const char *suffix;
    bool asCapture = false;
};

constexpr Kind kinds[] = {
    {RecordTextOptions::Kind::Text, QT_TRANSLATE_NOOP("sluice::ExportBar", "Text"), "log"},
    {RecordTextOptions::Kind::JsonLines, QT_TRANSLATE_NOOP("sluice::ExportBar", "JSON lines"), "jsonl"},
    {RecordTextOptions::Kind::Csv, QT_TRANSLATE_NOOP("sluice::ExportBar", "CSV"), "csv"},
    {RecordTextOptions::Kind::Markdown, QT_TRANSLATE_NOOP("sluice::ExportBar", "Markdown"), "md"},
    {RecordTextOptions::Kind::JsonLines, QT_TRANSLATE_NOOP("sluice::ExportBar", "Capture"), "capture", true},
};

} // namespace

ExportBar::ExportBar(RecordTable *table, RecordTableModel *model, QWidget *parent)
    : ViewBar(tr("Export"), parent), m_table(table), m_model(model), m_export(new RecordExport(this)),
      m_kind(new ChoiceBox), m_which(new ChoiceBox), m_format(new QLineEdit(QLatin1String(RecordTextOptions::standardFormat))),
      m_button(new QPushButton(tr("Export…"))), m_progress(new QProgressBar), m_words(new ElidedLabel({}, Qt::ElideRight))
{
    for (const Kind &kind : kinds)
        m_kind->addItem(tr(kind.words));
    m_kind->setObjectName(QStringLiteral("exportKind"));
    m_kind->setAccessibleName(tr("Export as"));
    m_which->addItem(tr("What is shown"));
    m_which->addItem(tr("All records"));
    m_which->setObjectName(QStringLiteral("exportWhich"));
    m_which->setAccessibleName(tr("Which records"));
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format of a line"));
    m_format->setToolTip(tr("As Python's logging.Formatter takes it"));
    m_format->setMinimumWidth(80);
    m_format->setCursorPosition(0); // the beginning is what tells formats apart
    m_button->setAccessibleName(tr("Export"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(120, 8);
    m_words->setObjectName(QStringLiteral("secondary"));
    m_words->setAccessibleName(tr("What became of it"));
    m_words->setTextFormat(Qt::PlainText);
    row()->addWidget(m_kind);
    row()->addWidget(m_which);
    row()->addWidget(m_format, 1);
    row()->addWidget(m_button);
    row()->addWidget(m_progress);
    row()->addWidget(m_words, 2);
    addCloseButton();
    m_poll.setInterval(quietMilliseconds);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ExportBar::updateFields);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_export->isRunning())
            m_export->cancel();
        else
            choose();
    });
    connect(m_export, &RecordExport::finished, this, &ExportBar::finished);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_copies)
            show();
        m_progress->setValue(m_export->progress());
    });
    updateFields();
}

void ExportBar::open()
{
    show();
    m_words->clear();
    m_kind->setFocus(Qt::ShortcutFocusReason);
}

void ExportBar::openForCapture()
{
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
        if (kinds[i].asCapture)
            m_kind->setCurrentIndex(static_cast<int>(i));
    }
    m_which->setCurrentIndex(m_model->filter().isEmpty() ? 1 : 0);
    open();
    m_button->setFocus(Qt::ShortcutFocusReason);
}

void ExportBar::updateFields()
{
    const bool running = m_export->isRunning();
    const Kind &chosen = kinds[m_kind->currentIndex()];
    const bool isText = chosen.kind == RecordTextOptions::Kind::Text;
    m_kind->setEnabled(!running);
    m_which->setEnabled(!running);
    m_format->setVisible(isText);
    m_format->setEnabled(!running);
    m_button->setText(running ? tr("Cancel") : chosen.asCapture ? tr("Save…") : tr("Export…"));
    m_progress->setVisible(running);
}

std::vector<std::string> ExportBar::columns() const
{
    std::vector<std::string> names;
    for (const ViewColumn &column : m_table->columnLayout()->columns())
        names.push_back(column.field.toStdString());
    return names;
}

void ExportBar::copy(RecordTextOptions::Kind kind)
{
    RecordExport::Job job;
    job.rows = m_table->selectedRows(maxCopiedRows);
    if (job.rows.empty())
        return;
    m_left = m_table->selectedCount() - job.rows.size();
    job.options = {kind, RecordTextOptions::standardFormat, columns()};
    start(std::move(job), true);
}

void ExportBar::exportTo(const QString &path)
{
    RecordExport::Job job;
    const bool all = m_which->currentIndex() == 1;
    if (!all)
        job.filter = m_model->filter();
    job.asCapture = kinds[m_kind->currentIndex()].asCapture;
    // A capture has its records as they came; what the view does not show has no place among what it shows.
    if (m_model->shown().order() && !job.asCapture && (!all || m_model->filter().isEmpty()))
        job.inTime = m_model->shown();
    job.options = {kinds[m_kind->currentIndex()].kind, m_format->text().toStdString(), columns()};
    job.path = path;
    start(std::move(job), false);
}

void ExportBar::choose()
{
    const char *suffix = kinds[m_kind->currentIndex()].suffix;
    QString path = QFileDialog::getSaveFileName(this, kinds[m_kind->currentIndex()].asCapture ? tr("Save capture as") : tr("Export"),
                                                QStringLiteral("records.%1").arg(QLatin1String(suffix)));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QLatin1Char('.') + QLatin1String(suffix);
    exportTo(path);
}

void ExportBar::start(RecordExport::Job job, bool copies)
{
    if (m_export->isRunning())
        return;
    job.store = m_model->store();
    job.snapshot = m_model->snapshot();
    m_path = job.path;
    m_copies = copies;
    if (!copies)
        m_left = 0;
    m_words->clear();
    m_progress->setValue(0);
    if (const Status status = m_export->start(std::move(job)); !status) {
        show();
        m_words->setText(QString::fromStdString(status.error().text));
        return;
    }
    m_poll.start();
    updateFields();
}

void ExportBar::finished(quint64 records, const QString &text, const QString &error, quint64 unreadable)
{
    m_poll.stop();
    updateFields();
    const QString count = words::counted(records, tr("record"), tr("records"));
    const QString leftOut = unreadable == 0 ? QString()
                                            : tr("; %1 could not be read and are not among them")
                                                  .arg(words::counted(unreadable, tr("record"), tr("records")));
    if (!error.isEmpty()) {
        show();
        m_words->setText(error);
    } else if (m_copies) {
        // On Windows the clipboard makes of it what it needs.
        QString copied = text;
        if (copied.endsWith(QLatin1Char('\n')))
            copied.chop(1);
        QGuiApplication::clipboard()->setText(copied);
        QString said = tr("%1 copied").arg(count);
        if (m_left > 0)
            said = tr("The first %1 copied, %2 left out: export takes them all").arg(count, words::count(m_left));
        m_words->setText(said + leftOut);
        if (m_left > 0 || unreadable > 0)
            show();
    } else {
        m_words->setText(tr("%1 written to %2").arg(count, QFileInfo(m_path).fileName()) + leftOut);
        m_words->setToolTip(m_path);
    }
}

} // namespace sluice
