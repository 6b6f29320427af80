#include "shell/FilterControls.h"

#include "capture/SeenValues.h"
#include "console/ConsoleView.h"
#include "console/FilterChips.h"
#include "console/FilterDrag.h"
#include "console/FilterField.h"
#include "console/FilterParts.h"
#include "console/LevelToggles.h"
#include "console/RecordTable.h"
#include "shell/FilterMemory.h"

#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QWidgetAction>

#include <algorithm>

namespace sluice {

namespace {

constexpr int maxRecent = 15;

/// A menu's text, where & would underline.
QString menuText(const QString &text)
{
    QString shown = text.simplified();
    if (shown.size() > 60)
        shown = shown.left(59) + QChar(0x2026);
    return shown.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

FilterControls::FilterControls(FilterField *field, LevelToggles *levels, FilterMemory *memory, QObject *parent)
    : QObject(parent), m_field(field), m_levels(levels), m_memory(memory)
{
    connect(m_field, &QLineEdit::textChanged, this, &FilterControls::apply);
    connect(m_levels, &LevelToggles::changed, this, &FilterControls::apply);
    connect(m_field, &FilterField::committed, this, &FilterControls::commit);
    connect(m_field, &FilterField::dragged, this, [this] {
        if (m_view)
            filterdrag::start(m_field, QString::fromStdString(filterparts::asExpression(m_view->filter())));
    });
    connect(m_field, &FilterField::cancelled, this, &FilterControls::giveUpEdit);
    connect(m_field, &FilterField::left, this, [this] {
        giveUpEdit();
        if (m_view)
            m_view->table()->setFocus();
    });
    connect(m_field->savedMenu(), &QMenu::aboutToShow, this, [this] { fillSavedMenu(*m_field->savedMenu()); });
    m_field->history() = FilterHistory(m_memory->history());
}

void FilterControls::setView(ConsoleView *view)
{
    if (view == m_view && view) {
        show();
        return;
    }
    if (m_view) {
        giveUpEdit();
        disconnect(m_view, nullptr, this, nullptr);
        disconnect(m_view->chips(), nullptr, this, nullptr);
    }
    m_view = view;
    m_edited.reset();
    if (!view)
        return;
    connect(view, &ConsoleView::filterChanged, this, &FilterControls::show);
    connect(view->chips(), &FilterChips::editRequested, this, &FilterControls::edit);
    m_field->setSeen([capture = view->capture()](std::function<void()> waker) {
        return std::make_shared<SeenValues>(capture, std::move(waker));
    });
    // What is half typed belongs to the view of before.
    m_shown = QString::fromStdString(view->filter().text);
    const QScopedValueRollback showing(m_showing, true);
    m_field->setText(m_shown);
    show();
}

void FilterControls::show()
{
    const QScopedValueRollback showing(m_showing, true);
    const QString text = QString::fromStdString(m_view->filter().text);
    // While an expression is not finished, the field has more than the view.
    if (text != m_shown)
        m_field->setText(text);
    m_shown = text;
    if (m_levels->levels() != m_view->filter().levels)
        m_levels->setLevels(m_view->filter().levels);
}

void FilterControls::apply()
{
    if (m_showing || !m_view)
        return;
    CaptureFilter filter = m_view->filter();
    filter.levels = m_levels->levels();
    if (m_field->isValid() && !(m_edited && m_edited->before.always)) {
        m_shown = m_field->text();
        filter.text = m_shown.toStdString();
    }
    m_view->setFilter(std::move(filter));
}

void FilterControls::insert(CaptureFilter &filter, const CaptureFilter::Part &part) const
{
    const std::size_t place = m_edited ? std::min(m_edited->part, filter.expressions.size()) : filter.expressions.size();
    filter.expressions.insert(filter.expressions.begin() + static_cast<std::ptrdiff_t>(place), part);
}

void FilterControls::commit(const QString &text)
{
    if (!m_view)
        return;
    m_memory->setHistory(m_field->history().entries());
    CaptureFilter filter = m_view->filter();
    if (m_edited) {
        insert(filter, {text.toStdString(), true, m_edited->before.always});
    } else if (!filterparts::add(filter, {text.toStdString(), true, false})) {
        Q_EMIT m_view->said(tr("There are %1 filters in this view already.").arg(filterparts::maxParts));
        return;
    }
    m_edited.reset();
    filter.text.clear();
    m_shown.clear();
    {
        const QScopedValueRollback showing(m_showing, true);
        m_field->clear();
    }
    m_view->setFilter(std::move(filter));
}

void FilterControls::edit(std::size_t part)
{
    giveUpEdit();
    CaptureFilter filter = m_view->filter();
    if (part >= filter.expressions.size())
        return;
    m_edited = Edited{part, filter.expressions[part]};
    m_edited->before.on = true;
    filter.expressions.erase(filter.expressions.begin() + static_cast<std::ptrdiff_t>(part));
    // What always shows hides nothing; as the field's text it would.
    const std::string text = m_edited->before.always ? std::string() : m_edited->before.text;
    filter.text = text;
    m_shown = QString::fromStdString(text);
    {
        const QScopedValueRollback showing(m_showing, true);
        m_field->setText(QString::fromStdString(m_edited->before.text));
    }
    m_view->setFilter(std::move(filter));
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

void FilterControls::giveUpEdit()
{
    if (!m_edited || !m_view)
        return;
    CaptureFilter filter = m_view->filter();
    insert(filter, m_edited->before);
    m_edited.reset();
    filter.text.clear();
    m_shown.clear();
    {
        const QScopedValueRollback showing(m_showing, true);
        m_field->clear();
    }
    m_view->setFilter(std::move(filter));
}

void FilterControls::fillSavedMenu(QMenu &menu)
{
    menu.clear();
    if (!m_view)
        return;
    for (const FilterMemory::Saved &saved : m_memory->saved())
        menu.addAction(menuText(saved.name), this, [this, filter = saved.filter] { m_view->setFilter(filter); });
    if (m_memory->saved().empty())
        menu.addAction(tr("No saved filters yet"))->setEnabled(false);
    menu.addSeparator();

    auto *name = new QLineEdit;
    name->setObjectName(QStringLiteral("saveFilterAs"));
    name->setAccessibleName(tr("Save this filter as"));
    name->setPlaceholderText(tr("Save this filter as …"));
    name->setMinimumWidth(220);
    name->setEnabled(!(m_view->filter() == CaptureFilter()));
    connect(name, &QLineEdit::returnPressed, this, [this, name, &menu] {
        m_memory->save(name->text(), m_view->filter());
        menu.close();
    });
    auto *holder = new QWidgetAction(&menu);
    holder->setDefaultWidget(name);
    menu.addAction(holder);
    if (!m_memory->saved().empty()) {
        QMenu *remove = menu.addMenu(tr("Remove"));
        for (const FilterMemory::Saved &saved : m_memory->saved())
            remove->addAction(menuText(saved.name), this, [this, name = saved.name] { m_memory->remove(name); });
    }
    const QStringList recent = m_field->history().entries().mid(0, maxRecent);
    if (!recent.isEmpty()) {
        menu.addSection(tr("Typed before"));
        for (const QString &text : recent)
            menu.addAction(menuText(text), this, [this, text] {
                m_field->setText(text);
                m_field->setFocus();
            });
    }
}

} // namespace sluice
