#include "console/DetailPane.h"

#include "console/RecordDetail.h"

#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluice {

DetailPane::DetailPane(QWidget *parent) : QWidget(parent), m_pages(new QStackedWidget)
{
    setObjectName(QStringLiteral("detail"));
    setAccessibleName(tr("Detail of the selected record"));
    auto *empty = new QLabel(tr("Select a record to see all of it"));
    empty->setObjectName(QStringLiteral("secondary"));
    empty->setAlignment(Qt::AlignCenter);
    empty->setAutoFillBackground(true);
    empty->setBackgroundRole(QPalette::Base);
    m_pages->addWidget(empty);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    setMinimumWidth(240);
}

RecordDetail *DetailPane::record()
{
    if (!m_record) {
        m_record = new RecordDetail;
        m_record->setFound(m_found);
        m_pages->addWidget(m_record);
        connect(m_record, &RecordDetail::fieldMenuOpening, this, &DetailPane::fieldMenuOpening);
        Q_EMIT recordMade(m_record);
    }
    return m_record;
}

void DetailPane::clear() { m_pages->setCurrentIndex(0); }

void DetailPane::setFound(const FoundText &found)
{
    m_found = found;
    if (m_record)
        m_record->setFound(found);
}

bool DetailPane::isEmpty() const { return m_pages->currentIndex() == 0; }

void DetailPane::showRecord(const LogRecord &shown)
{
    record()->showRecord(shown);
    const bool wasEmpty = isEmpty();
    m_pages->setCurrentWidget(m_record);
    if (wasEmpty)
        m_record->verticalScrollBar()->setValue(0);
}

void DetailPane::showWay(std::vector<TraceStep> steps, const QString &otherwise)
{
    record()->showWay(std::move(steps), otherwise);
}

} // namespace sluice
