#include "console/ColumnsPanel.h"

#include "look/Icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

namespace {

constexpr int fieldRole = Qt::UserRole;
constexpr int widthRole = Qt::UserRole + 1;

} // namespace

ColumnsPanel::ColumnsPanel(QWidget *parent) : QWidget(parent), m_list(new QListWidget), m_field(new QLineEdit)
{
    setObjectName(QStringLiteral("columnsPanel"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Columns"));
    setFixedWidth(240);
    auto *title = new QLabel(tr("Columns"));
    title->setObjectName(QStringLiteral("sectionTitle"));
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("flat"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setIconSize(QSize(16, 16));
    close->setAccessibleName(tr("Close the columns"));
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, this, &ColumnsPanel::closed);

    m_list->setObjectName(QStringLiteral("columnList"));
    m_list->setAccessibleName(tr("Columns, in their order"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setToolTip(tr("Tick what is to be shown; drag to order"));
    m_field->setAccessibleName(tr("Another field"));
    m_field->setPlaceholderText(tr("Field, as user.id"));
    m_field->setMaxLength(512);
    auto *add = new QPushButton(tr("Add"));
    auto *standard = new QPushButton(tr("Standard columns"));

    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(close);
    auto *another = new QHBoxLayout;
    another->setSpacing(8);
    another->addWidget(m_field, 1);
    another->addWidget(add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    layout->addLayout(another);
    layout->addWidget(standard);

    connect(add, &QPushButton::clicked, this, &ColumnsPanel::addField);
    connect(m_field, &QLineEdit::returnPressed, this, &ColumnsPanel::addField);
    connect(standard, &QPushButton::clicked, this, [this] { Q_EMIT columnsChosen(viewcolumns::standard()); });
    connect(m_list, &QListWidget::itemChanged, this, &ColumnsPanel::choose);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ColumnsPanel::choose);
}

void ColumnsPanel::addItem(const ViewColumn &column, bool shown)
{
    const bool isOurs = column.kind() != ViewColumn::Kind::Field;
    auto *item = new QListWidgetItem(column.title());
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled);
    item->setCheckState(shown ? Qt::Checked : Qt::Unchecked);
    item->setData(fieldRole, column.field);
    item->setData(widthRole, column.width);
    if (isOurs)
        item->setToolTip(column.field);
    m_list->addItem(item);
}

void ColumnsPanel::setColumns(const std::vector<ViewColumn> &columns)
{
    if (m_filling)
        return;
    const QScopedValueRollback filling(m_filling, true);
    const QString current = m_list->currentItem() ? m_list->currentItem()->data(fieldRole).toString() : QString();
    m_list->clear();
    for (const ViewColumn &column : columns)
        addItem(column, true);
    for (const QString &attribute : viewcolumns::attributes()) {
        if (std::ranges::find(columns, attribute, &ViewColumn::field) == columns.end())
            addItem({attribute}, false);
    }
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(fieldRole) == current)
            m_list->setCurrentRow(i);
    }
}

void ColumnsPanel::choose()
{
    if (m_filling)
        return;
    std::vector<ViewColumn> columns;
    for (int i = 0; i < m_list->count() && columns.size() < viewcolumns::maxColumns; ++i) {
        const QListWidgetItem *item = m_list->item(i);
        if (item->checkState() == Qt::Checked)
            columns.push_back({item->data(fieldRole).toString(), item->data(widthRole).toInt()});
    }
    if (columns.empty())
        return; // a view without columns shows nothing
    const QScopedValueRollback filling(m_filling, true);
    Q_EMIT columnsChosen(columns);
}

void ColumnsPanel::addField()
{
    const QString field = m_field->text().trimmed();
    if (field.isEmpty())
        return;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(fieldRole) == field) {
            m_list->item(i)->setCheckState(Qt::Checked);
            m_field->clear();
            return;
        }
    }
    m_field->clear();
    addItem({field}, true);
    choose();
}

void ColumnsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sluice
