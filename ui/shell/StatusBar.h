#pragma once

#include "capture/Capture.h"
#include "chain/RouterStatus.h"

#include <QElapsedTimer>
#include <QStatusBar>

#include <deque>
#include <vector>

class QLabel;

namespace sluice {

/// Rate, totals, errors, drops, memory, and where the program listens.
class StatusBar : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusBar(QWidget *parent = nullptr);

    /// To be called a few times a second with the states of now.
    void refresh(const Capture::Figures &figures, const std::vector<RouterStatus> &statuses, bool busy);

private:
    struct Sample
    {
        qint64 time;
        std::uint64_t records;
    };

    double recordsPerSecond(std::uint64_t records);

    QLabel *m_rate;
    QLabel *m_records;
    QLabel *m_errors;
    QLabel *m_dropped;
    QLabel *m_memory;
    QLabel *m_listening;
    QElapsedTimer m_clock;
    std::deque<Sample> m_samples;
};

} // namespace sluice
