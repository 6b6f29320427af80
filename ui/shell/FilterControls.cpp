#include "shell/FilterControls.h"

#include "console/ConsoleView.h"
#include "console/FilterField.h"
#include "console/LevelToggles.h"
#include "console/RecordTable.h"

#include <QScopedValueRollback>

namespace sluice {

FilterControls::FilterControls(FilterField *field, LevelToggles *levels, QObject *parent)
    : QObject(parent), m_field(field), m_levels(levels)
{
    connect(m_field, &QLineEdit::textChanged, this, &FilterControls::apply);
    connect(m_levels, &LevelToggles::changed, this, &FilterControls::apply);
    connect(m_field, &FilterField::left, this, [this] {
        if (m_view)
            m_view->table()->setFocus();
    });
}

void FilterControls::setView(ConsoleView *view)
{
    if (m_view)
        disconnect(m_view, nullptr, this, nullptr);
    m_view = view;
    if (!view)
        return;
    connect(view, &ConsoleView::filterChanged, this, &FilterControls::show);
    show();
}

void FilterControls::show()
{
    const QScopedValueRollback showing(m_showing, true);
    const QString text = QString::fromStdString(m_view->filter().text);
    if (m_field->text() != text)
        m_field->setText(text);
    if (m_levels->levels() != m_view->filter().levels)
        m_levels->setLevels(m_view->filter().levels);
}

void FilterControls::apply()
{
    if (m_showing || !m_view)
        return;
    CaptureFilter filter = m_view->filter();
    filter.levels = m_levels->levels();
    filter.text = m_field->text().toStdString();
    m_view->setFilter(std::move(filter));
}

} // namespace sluice
