#include "console/HighlightsPanel.h"

#include "console/HighlightList.h"
#include "console/Highlights.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

namespace sluice {

namespace {

enum { ColorRole = Qt::UserRole, BoldRole, RowRole };

/// A swatch with the colour's number, since not everyone tells the colours.
QIcon swatch(int color, qreal ratio, bool chosen)
{
    const Theme &theme = Appearance::theme();
    QPixmap pixmap(QSize(18, 18) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(chosen ? QPen(theme.color("text"), 1.5) : QPen(Qt::NoPen));
    painter.setBrush(theme.highlight(color));
    painter.drawRoundedRect(QRectF(1, 1, 16, 16), 4, 4);
    painter.setPen(theme.color("highlightText"));
    painter.setFont(Appearance::smallFont());
    painter.drawText(QRectF(0, 0, 18, 18), Qt::AlignCenter, QString::number(color + 1));
    return QIcon(pixmap);
}

QToolButton *makeToggle(const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("flat"));
    button->setCheckable(true);
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(toolTip);
    return button;
}

} // namespace

HighlightsPanel::HighlightsPanel(Highlights *highlights, QWidget *parent)
    : QWidget(parent), m_highlights(highlights), m_list(new HighlightList), m_field(new QLineEdit),
      m_add(new QPushButton(tr("Add"))), m_bold(makeToggle(tr("Bold"), tr("Write the record in bold"))),
      m_row(makeToggle(tr("Whole row"), tr("Colour the row, not only the text in it")))
{
    setObjectName(QStringLiteral("columnsPanel"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Highlights"));
    setFixedWidth(280);
    auto *title = new QLabel(tr("Highlights"));
    title->setObjectName(QStringLiteral("sectionTitle"));
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("flat"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setIconSize(QSize(16, 16));
    close->setAccessibleName(tr("Close the highlights"));
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, this, &HighlightsPanel::closed);

    m_list->setObjectName(QStringLiteral("columnList"));
    m_list->setAccessibleName(tr("Highlight rules, in their order"));
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->setIconSize(QSize(18, 18));
    m_list->setToolTip(tr("Tick what is to be coloured; double click to edit, drag to order or onto a wire of the chain, Del to remove"));
    m_field->setAccessibleName(tr("New rule"));
    m_field->setPlaceholderText(tr("Text, or level >= ERROR"));
    m_field->setMaxLength(10'000);

    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(close);
    auto *colors = new QHBoxLayout;
    colors->setSpacing(0);
    for (int color = 0; color < HighlightRules::colors; ++color) {
        auto *button = makeToggle(QString(), tr("Colour %1 (Ctrl+%1 colours what is selected)").arg(color + 1));
        button->setCheckable(false);
        button->setAccessibleName(tr("Colour %1").arg(color + 1));
        button->setIconSize(QSize(18, 18));
        connect(button, &QToolButton::clicked, this, [this, color] { setColor(color); });
        m_colors << button;
        colors->addWidget(button);
    }
    auto *style = new QHBoxLayout;
    style->addWidget(m_bold);
    style->addWidget(m_row);
    style->addStretch(1);
    auto *another = new QHBoxLayout;
    another->setSpacing(8);
    another->addWidget(m_field, 1);
    another->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addLayout(another);
    layout->addLayout(colors);
    layout->addLayout(style);
    layout->addWidget(m_list, 1);

    connect(m_add, &QPushButton::clicked, this, &HighlightsPanel::add);
    connect(m_field, &QLineEdit::returnPressed, this, &HighlightsPanel::add);
    connect(m_list, &QListWidget::itemChanged, this, &HighlightsPanel::read);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &HighlightsPanel::read);
    connect(m_list, &QListWidget::currentRowChanged, this, &HighlightsPanel::showChosen);
    connect(m_bold, &QToolButton::clicked, this, [this](bool on) { setOfCurrent(BoldRole, on); });
    connect(m_row, &QToolButton::clicked, this, [this](bool on) { setOfCurrent(RowRole, on); });
    connect(m_highlights, &Highlights::changed, this, [this] {
        if (!m_filling)
            show(m_list->currentRow());
    });
    show(-1);
}

void HighlightsPanel::show(int current)
{
    const QScopedValueRollback filling(m_filling, true);
    m_list->clear();
    for (const HighlightRules::Rule &rule : m_highlights->rules().rules) {
        auto *item = new QListWidgetItem(swatch(rule.color, devicePixelRatioF(), false), QString::fromStdString(rule.text));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled |
                       Qt::ItemIsEditable);
        item->setCheckState(rule.on ? Qt::Checked : Qt::Unchecked);
        item->setData(ColorRole, rule.color);
        item->setData(BoldRole, rule.bold);
        item->setData(RowRole, rule.wholeRow);
        m_list->addItem(item);
    }
    m_list->setCurrentRow(current);
    showChosen();
}

void HighlightsPanel::showChosen()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item)
        m_color = item->data(ColorRole).toInt();
    for (int color = 0; color < HighlightRules::colors; ++color)
        m_colors[color]->setIcon(swatch(color, devicePixelRatioF(), color == m_color));
    m_bold->setEnabled(item);
    m_row->setEnabled(item);
    m_bold->setChecked(item && item->data(BoldRole).toBool());
    m_row->setChecked(item && item->data(RowRole).toBool());
}

void HighlightsPanel::setColor(int color)
{
    m_color = color;
    setOfCurrent(ColorRole, color);
    showChosen();
}

void HighlightsPanel::setOfCurrent(int role, const QVariant &value)
{
    QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    {
        const QScopedValueRollback filling(m_filling, true);
        item->setData(role, value);
        if (role == ColorRole)
            item->setIcon(swatch(value.toInt(), devicePixelRatioF(), false));
    }
    read();
}

void HighlightsPanel::read()
{
    if (m_filling)
        return;
    HighlightRules rules;
    for (int i = 0; i < m_list->count(); ++i) {
        const QListWidgetItem *item = m_list->item(i);
        if (!item->text().trimmed().isEmpty())
            rules.rules.push_back({item->text().toStdString(), item->checkState() == Qt::Checked,
                                   item->data(ColorRole).toInt(), item->data(BoldRole).toBool(),
                                   item->data(RowRole).toBool()});
    }
    const QScopedValueRollback filling(m_filling, true);
    m_highlights->setRules(rules);
}

void HighlightsPanel::add()
{
    const std::string text = m_field->text().trimmed().toStdString();
    HighlightRules rules = m_highlights->rules();
    if (text.empty() || rules.rules.size() >= HighlightRules::maxRules)
        return;
    rules.rules.push_back({text, true, m_color, false, false});
    m_field->clear();
    // The next one is told from this one.
    m_color = (m_color + 1) % HighlightRules::colors;
    m_list->setCurrentRow(-1);
    m_highlights->setRules(rules);
}

void HighlightsPanel::remove()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    HighlightRules rules = m_highlights->rules();
    rules.rules.erase(rules.rules.begin() + row);
    m_highlights->setRules(rules);
}

void HighlightsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (event->key() == Qt::Key_Delete)
        remove();
    else
        QWidget::keyPressEvent(event);
}

void HighlightsPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_filling)
        show(m_list->currentRow());
}

} // namespace sluice
