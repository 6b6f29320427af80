#pragma once

#include "capture/RecordStore.h"
#include "chain/RouterStatus.h"

#include <QElapsedTimer>
#include <QStatusBar>

#include <deque>
#include <vector>

class QLabel;

namespace sluice {

/// Totals, errors and memory of what the current view shows; rate and drops of what is received, and where the program
/// listens. Where the view shows a file, these stand apart and say that they are of the live records.
class StatusBar : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusBar(QWidget *parent = nullptr);

    struct Now
    {
        RecordStore::Figures shown; ///< of what the current view shows
        bool isLive = true;         ///< that is the live capture
        std::uint64_t liveRows = 0; ///< number behind the live capture's last row
        bool isBusy = false;        ///< something is being started or stopped
    };

    /// To be called a few times a second with the states of now.
    void refresh(const Now &now, const std::vector<RouterStatus> &statuses);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Sample
    {
        qint64 time;
        std::uint64_t records;
    };

    double recordsPerSecond(std::uint64_t records);
    /// Shows what there is room for.
    void fit();

    QLabel *m_rate;
    QLabel *m_records;
    QLabel *m_errors;
    QLabel *m_dropped;
    QLabel *m_memory;
    QLabel *m_listening;
    bool m_isLive = true;
    QElapsedTimer m_clock;
    std::deque<Sample> m_samples;
};

} // namespace sluice
