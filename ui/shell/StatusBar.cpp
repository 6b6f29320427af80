#include "shell/StatusBar.h"

#include "console/Words.h"
#include "look/Appearance.h"
#include "look/ElidedLabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>

#include <algorithm>

namespace sluice {

namespace {

constexpr qint64 rateWindow = 1500; // ms

void setProblem(QLabel *label, bool problem)
{
    label->setForegroundRole(problem ? QPalette::BrightText : QPalette::WindowText);
    const QString style =
        problem
            ? QStringLiteral("color: %1; font-weight: 600;").arg(Appearance::theme().color("problem").name())
            : QString();
    if (label->styleSheet() != style)
        label->setStyleSheet(style);
}

bool saysProblem(const QLabel *label) { return label->foregroundRole() == QPalette::BrightText; }

} // namespace

StatusBar::StatusBar(QWidget *parent) : QStatusBar(parent)
{
    setSizeGripEnabled(false);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(20);
    const auto add = [&](const char *name, const QString &accessibleName, const QString &widest, QLabel *label = new QLabel) {
        label->setObjectName(QLatin1String(name));
        label->setAccessibleName(accessibleName);
        // What counts up must not push what stands beside it.
        label->setMinimumWidth(label->fontMetrics().horizontalAdvance(widest));
        layout->addWidget(label);
        return label;
    };
    m_rate = add("statusRate", tr("Rate"), QStringLiteral("00,000 rec/s"));
    m_records = add("statusRecords", tr("Records"), QStringLiteral("000,000 records"));
    m_errors = add("statusErrors", tr("Errors"), QStringLiteral("000 errors"));
    m_dropped = add("statusDropped", tr("Dropped"), QStringLiteral("0 dropped"));
    m_memory = add("statusMemory", tr("Memory"), QStringLiteral("000 MB of 1 GB"));
    m_listening = add("statusListening", tr("Listening"), QString(), new ElidedLabel(QString(), Qt::ElideRight));
    m_listening->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->setStretchFactor(m_listening, 1);
    addWidget(row, 1);
    m_clock.start();
}

double StatusBar::recordsPerSecond(std::uint64_t records)
{
    const qint64 now = m_clock.elapsed();
    // Another project begins its count anew.
    if (!m_samples.empty() && records < m_samples.back().records)
        m_samples.clear();
    m_samples.push_back({now, records});
    while (m_samples.size() > 2 && now - m_samples.front().time > rateWindow)
        m_samples.pop_front();
    const Sample &first = m_samples.front();
    const qint64 elapsed = now - first.time;
    return elapsed < 100
               ? 0
               : static_cast<double>(records - first.records) * 1000.0 / static_cast<double>(elapsed);
}

void StatusBar::refresh(const Now &now, const std::vector<RouterStatus> &statuses)
{
    const RecordStore::Figures &figures = now.shown;
    const QString rate =
        tr("%1 rec/s").arg(words::count(static_cast<std::uint64_t>(recordsPerSecond(now.liveRows) + 0.5)));
    m_rate->setText(rate);
    const std::uint64_t kept = figures.endRow - figures.firstRow;
    m_records->setText(words::counted(kept, tr("record"), tr("records")));
    m_records->setToolTip(figures.evicted
                              ? tr("%1 older records have gone to keep within the room for records")
                                    .arg(words::count(figures.evicted))
                              : tr("Records kept"));
    m_errors->setText(words::counted(figures.errors, tr("error"), tr("errors")));
    setProblem(m_errors, figures.errors > 0);

    std::uint64_t dropped = 0;
    std::uint64_t rejected = 0;
    QStringList endpoints;
    QStringList failures;
    QStringList drops;
    for (const RouterStatus &status : statuses) {
        for (const SourceStatus &source : status.sources) {
            dropped += source.dropped;
            rejected += source.rejected;
            if (!source.lastRejection.empty())
                drops << QString::fromStdString(source.peer + ": " + source.lastRejection);
            for (const DropStatus &drop : source.drops)
                drops << QString::fromStdString(drop.node + ": " + drop.reason);
        }
        for (const NodeStatus &node : status.nodes) {
            if (node.state == NodeStatus::State::Failed)
                failures << QString::fromStdString(node.id + ": " + node.reason);
            else if (node.state == NodeStatus::State::Running && !node.endpoint.empty())
                endpoints << QString::fromStdString(node.endpoint);
        }
    }
    QString droppedWords = tr("%1 dropped").arg(words::count(dropped));
    if (rejected > 0)
        droppedWords += QStringLiteral(" · ") + tr("%1 refused").arg(words::count(rejected));
    m_dropped->setText(droppedWords);
    m_dropped->setToolTip(drops.isEmpty() ? tr("Every record went where the chain sends it")
                                          : drops.mid(0, 10).join(QLatin1Char('\n')));
    setProblem(m_dropped, dropped + rejected > 0);
    m_memory->setText(tr("%1 of %2").arg(words::bytes(figures.bytes), words::bytes(figures.budget)));
    QStringList memory{figures.diskBytes > 0
                          ? tr("Memory taken by records; %1 of files").arg(words::bytes(figures.diskBytes))
                          : tr("Memory taken by records")};
    for (const std::string &sentence : {figures.fault, figures.damage}) {
        if (!sentence.empty())
            memory << QString::fromStdString(sentence);
    }
    m_memory->setToolTip(memory.join(QLatin1Char('\n')));
    setProblem(m_memory, memory.size() > 1);

    QString listening;
    if (now.isBusy)
        listening = tr("starting…");
    else if (endpoints.size() == 1)
        listening = tr("listening on %1").arg(endpoints.front());
    else if (endpoints.size() > 1)
        listening = tr("listening on %1 ports").arg(endpoints.size());
    else
        listening = tr("not listening");
    if (!now.isBusy && !failures.isEmpty())
        listening += QStringLiteral(" · ") + words::counted(static_cast<std::uint64_t>(failures.size()),
                                                            tr("node failed"), tr("nodes failed"));
    QStringList about = endpoints + failures;
    bool isProblem = !now.isBusy && !failures.isEmpty();
    if (!now.isLive) {
        listening = tr("Live: %1").arg(QStringList{rate, droppedWords, listening}.join(QStringLiteral(" · ")));
        about += drops.mid(0, 10);
        isProblem = isProblem || dropped + rejected > 0;
    }
    m_listening->setText(listening);
    m_listening->setToolTip(about.join(QLatin1Char('\n')));
    setProblem(m_listening, isProblem);
    m_isLive = now.isLive;
    fit();
}

void StatusBar::fit()
{
    std::vector<QLabel *> shown{m_records, m_errors, m_memory, m_listening};
    if (m_isLive)
        shown.insert(shown.end(), {m_rate, m_dropped});
    const QLayout *row = m_records->parentWidget()->layout();
    const QMargins margins = row->contentsMargins();
    int room = width() - margins.left() - margins.right();
    for (const QLabel *label : shown)
        room -= qMax(label->minimumWidth(), label->sizeHint().width()) + row->spacing();
    // What is told elsewhere too goes first; what says that something is wrong stays.
    for (QLabel *label : {m_memory, m_rate, m_records}) {
        if (room >= 0 || saysProblem(label) || std::erase(shown, label) == 0)
            continue;
        room += qMax(label->minimumWidth(), label->sizeHint().width()) + row->spacing();
    }
    for (QLabel *label : {m_rate, m_records, m_errors, m_dropped, m_memory, m_listening})
        label->setVisible(std::ranges::find(shown, label) != shown.end());
}

void StatusBar::resizeEvent(QResizeEvent *event)
{
    QStatusBar::resizeEvent(event);
    fit();
}

} // namespace sluice
