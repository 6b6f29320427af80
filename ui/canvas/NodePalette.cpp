#include "canvas/NodePalette.h"

#include "canvas/NodeItem.h"
#include "canvas/NodeLook.h"
#include "canvas/NodePaletteModel.h"
#include "look/Appearance.h"
#include "look/Icons.h"
#include "look/RowGround.h"

#include <QDrag>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int side = 12;
constexpr int tile = 28;

class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Appearance::theme();
        const NodeType *type = static_cast<const NodePaletteModel *>(index.model())->type(index);
        if (!type) {
            QFont font = Appearance::smallFont();
            font.setWeight(QFont::DemiBold);
            painter->setFont(font);
            painter->setPen(theme.color("secondary"));
            painter->drawText(option.rect.adjusted(side, 8, -side, 0), Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
            return;
        }
        const bool selected = paintRowGround(painter, option);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QColor kind = nodelook::colorOf(type->kind());
        QColor ground = kind;
        ground.setAlphaF(theme.isDark() ? 0.2F : 0.12F);
        const QRect box(option.rect.left() + side, option.rect.center().y() - tile / 2 + 1, tile, tile);
        painter->setPen(Qt::NoPen);
        painter->setBrush(ground);
        painter->drawRoundedRect(box, 6, 6);
        painter->drawPixmap(box.left() + 5, box.top() + 5,
                            tintedPixmap(nodelook::iconOf(*type), 18, painter->device()->devicePixelRatioF(), kind));
        const QFont small = Appearance::smallFont();
        const QFontMetrics smallMetrics(small);
        QRect line(box.right() + 10, option.rect.top() + 6, option.rect.right() - box.right() - 18, option.fontMetrics.height());
        painter->setFont(option.font);
        painter->setPen(theme.color(selected ? "selectionText" : "text"));
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, line.width()));
        line.translate(0, line.height());
        line.setHeight(smallMetrics.height());
        painter->setFont(small);
        painter->setPen(theme.color(selected ? "selectionText" : "secondary"));
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          smallMetrics.elidedText(index.data(NodePaletteModel::HelpRole).toString(), Qt::ElideRight, line.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QFontMetrics small(Appearance::smallFont());
        if (index.data(NodePaletteModel::IsHeadingRole).toBool())
            return {60, small.height() + 16};
        return {60, qMax(tile + 8, option.fontMetrics.height() + small.height() + 12)};
    }
};

/// Drags what looks like the node that it will be.
class PaletteList : public QListView
{
public:
    using QListView::QListView;

protected:
    void startDrag(Qt::DropActions actions) override
    {
        const NodeType *type = static_cast<const NodePaletteModel *>(model())->type(currentIndex());
        QMimeData *data = type ? model()->mimeData({currentIndex()}) : nullptr;
        if (!data)
            return;
        ChainNode node;
        node.id = type->name();
        node.type = type;
        NodeItem item(node);
        item.setPosition({10, 10});
        const double ratio = devicePixelRatioF();
        QPixmap picture((QSizeF(NodeItem::width + 20, NodeItem::height + 20) * ratio).toSize());
        picture.setDevicePixelRatio(ratio);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setOpacity(0.8);
        item.paint(painter, {});
        painter.end();
        auto *drag = new QDrag(this);
        drag->setMimeData(data);
        drag->setPixmap(picture);
        drag->setHotSpot(QPoint(10 + int(NodeItem::width / 2), 10 + int(NodeItem::height / 2)));
        drag->exec(actions, Qt::CopyAction);
    }
};

} // namespace

NodePalette::NodePalette(QWidget *parent)
    : QWidget(parent), m_field(new QLineEdit), m_list(new PaletteList), m_nothing(new QLabel(tr("Nothing is called so"))),
      m_model(new NodePaletteModel(this))
{
    setObjectName(QStringLiteral("sidebar"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("What a chain can be made of"));
    m_field->setPlaceholderText(tr("Search nodes"));
    m_field->setAccessibleName(tr("Search nodes"));
    m_field->setClearButtonEnabled(true);
    m_field->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_list->setObjectName(QStringLiteral("nodePalette"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setAccessibleName(tr("Nodes: drag them onto the canvas, or press Enter"));
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setObjectName(QStringLiteral("secondary"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(0, 16, 0, 0);
    m_nothing->hide();
    auto *head = new QVBoxLayout;
    head->setContentsMargins(8, 8, 8, 4);
    head->addWidget(m_field);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list, 1);
    setMinimumWidth(160);
    connect(m_field, &QLineEdit::textChanged, this, &NodePalette::search);
    connect(m_list, &QListView::activated, this, &NodePalette::choose);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { choose(m_list->currentIndex()); });
    m_field->installEventFilter(this);
    m_list->setCurrentIndex(m_model->firstType());
}

void NodePalette::search(const QString &words)
{
    m_model->setSearch(words);
    const QModelIndex first = m_model->firstType();
    m_nothing->setVisible(!first.isValid());
    m_list->setCurrentIndex(first);
}

void NodePalette::choose(const QModelIndex &index)
{
    if (const NodeType *type = m_model->type(index))
        Q_EMIT chosen(*type);
}

// Up and down in the field go through the list, so that both hands stay where they are.
bool NodePalette::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down) {
            const int by = key->key() == Qt::Key_Down ? 1 : -1;
            for (int row = m_list->currentIndex().row() + by; row >= 0 && row < m_model->rowCount(); row += by) {
                if (m_model->type(m_model->index(row))) {
                    m_list->setCurrentIndex(m_model->index(row));
                    break;
                }
            }
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace sluice
