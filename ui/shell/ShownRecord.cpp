#include "shell/ShownRecord.h"

#include "console/ConsoleView.h"
#include "console/DetailPane.h"
#include "console/FrameClock.h"
#include "console/Marks.h"
#include "console/RecordTable.h"
#include "console/RecordTableModel.h"
#include "shell/DetailControls.h"
#include "shell/Documents.h"
#include "shell/Views.h"

namespace sluice {

ShownRecord::ShownRecord(Views *views, DetailPane *detail, DetailControls *controls, QObject *parent)
    : QObject(parent), m_views(views), m_detail(detail), m_controls(controls)
{
}

void ShownRecord::watch(ConsoleView *view)
{
    connect(view->clock(), &FrameClock::tick, view, [this, view] {
        if (m_isAwaited && view == m_views->current())
            show(*view);
    });
    connect(view->table(), &RecordTable::currentRowChanged, this, [this, view] { show(*view); });
    connect(view->table(), &RecordTable::foundChanged, this, [this, view] { m_detail->setFound(view->table()->found()); });
}

void ShownRecord::update() { show(*m_views->current()); }

void ShownRecord::show(const ConsoleView &view)
{
    const auto row = view.table()->currentRow();
    const CaptureSnapshot &snapshot = view.model()->snapshot();
    m_isAwaited = false;
    m_detail->setFound(view.table()->found());
    if (!row || !snapshot.contains(*row) || m_controls->isShown(*view.capture(), *row))
        return;
    LogRecordBatch batch;
    if (const LogRecord *record = snapshot.tryRecord(*row, batch))
        m_controls->showRecord(*record, *view.capture(), *row, snapshot.tryView(*row).value_or(RowView()).source,
                               m_views->documentOf(&view)->marks());
    else
        m_isAwaited = true;
}

} // namespace sluice
