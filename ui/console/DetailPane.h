#pragma once

#include "chain/ChainTracer.h"
#include "console/FoundText.h"
#include "record/LogRecordBatch.h"

#include <QMenu>
#include <QWidget>

#include <vector>

class QStackedWidget;

namespace sluice {

class RecordDetail;

/// The side of the window that shows the selected record, or says that none is. What shows a record is a third of the
/// window's widgets: it is made when it is first wanted, so that the window is there sooner.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailPane(QWidget *parent = nullptr);

    /// Shows a record; it need not outlive the call.
    void showRecord(const LogRecord &record);
    /// How the record came here; `otherwise` where there is no way to tell.
    void showWay(std::vector<TraceStep> steps, const QString &otherwise = {});
    void clear();
    /// Shows where what is looked for stands, in message and traceback.
    void setFound(const FoundText &found);
    bool isEmpty() const;

    /// Made when it is first asked for.
    RecordDetail *record();

    QSize sizeHint() const override { return {380, 400}; }

Q_SIGNALS:
    /// There is a record() from now on.
    void recordMade(RecordDetail *record);
    /// The menu of a field opens, as FieldTree says.
    void fieldMenuOpening(QMenu *menu, const QString &field, const QString &value);

private:
    QStackedWidget *m_pages;
    RecordDetail *m_record = nullptr;
    FoundText m_found;
};

} // namespace sluice
