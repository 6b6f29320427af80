#include "console/FieldModel.h"

#include "console/Words.h"
#include "filter/ExpressionField.h"
#include "wire/JsonInText.h"
#include "wire/JsonReader.h"

#include <QLocale>

namespace sluice {

namespace {

/// A sender may nest a million values; a person reads a few.
constexpr int maxNodes = 5'000;
constexpr int maxDepth = 64;
constexpr std::size_t maxJsonBytes = 1 << 20;
constexpr JsonLimits jsonLimits{100, 20'000};
constexpr qsizetype maxShownCharacters = 1'000;

QString bytesInWords(std::string_view bytes)
{
    QString text = QStringLiteral("b'");
    for (const char c : bytes.substr(0, 4096)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F && c != '\'' && c != '\\')
            text += QLatin1Char(c);
        else
            text += QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
    }
    return text + QLatin1Char('\'');
}

QString realInWords(double value)
{
    if (qIsInf(value))
        return value < 0 ? QStringLiteral("-inf") : QStringLiteral("inf");
    if (qIsNaN(value))
        return QStringLiteral("nan");
    const QString text = QString::number(value, 'g', QLocale::FloatingPointShortest);
    const bool isWhole = !text.contains(QLatin1Char('.')) && !text.contains(QLatin1Char('e'));
    return isWhole ? text + QStringLiteral(".0") : text;
}

} // namespace

QString typeInWords(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None:
        return QStringLiteral("NoneType");
    case Value::Kind::Bool:
        return QStringLiteral("bool");
    case Value::Kind::Int:
    case Value::Kind::BigInt:
        return QStringLiteral("int");
    case Value::Kind::Float:
        return QStringLiteral("float");
    case Value::Kind::Text:
        return QStringLiteral("str");
    case Value::Kind::Bytes:
        return QStringLiteral("bytes");
    case Value::Kind::List:
        return QStringLiteral("list");
    case Value::Kind::Tuple:
        return QStringLiteral("tuple");
    case Value::Kind::Set:
        return QStringLiteral("set");
    case Value::Kind::FrozenSet:
        return QStringLiteral("frozenset");
    case Value::Kind::Dict:
        return QStringLiteral("dict");
    case Value::Kind::Inert:
        break;
    }
    return QStringLiteral("object, kept as text");
}

QString valueInWords(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None:
        return QStringLiteral("None");
    case Value::Kind::Bool:
        return value.asBool() ? QStringLiteral("True") : QStringLiteral("False");
    case Value::Kind::Int:
        return QString::number(value.asInt());
    case Value::Kind::Float:
        return realInWords(value.asReal());
    case Value::Kind::BigInt:
    case Value::Kind::Text:
    case Value::Kind::Inert:
        return words::fromUtf8(value.chars());
    case Value::Kind::Bytes:
        return bytesInWords(value.chars());
    case Value::Kind::Dict:
        return FieldModel::tr("dict, %1")
            .arg(words::counted(value.entries().size(), FieldModel::tr("entry"), FieldModel::tr("entries")));
    default:
        return QStringLiteral("%1, %2").arg(
            typeInWords(value),
            words::counted(value.items().size(), FieldModel::tr("item"), FieldModel::tr("items")));
    }
}

struct FieldModel::Node
{
    QString name;
    QString value;
    QString type;
    Node *parent = nullptr;
    int row = 0;
    bool inText = false; ///< its members stand in its text alone
    std::vector<std::unique_ptr<Node>> children;
};

FieldModel::FieldModel(QObject *parent) : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}

FieldModel::~FieldModel() = default;

void FieldModel::begin(Naming naming)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_nodes = 0;
    m_naming = naming;
}

void FieldModel::showAttributes(const LogRecord &record)
{
    begin(Naming::Attributes);
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        add(*m_root, words::fromUtf8(attributeName(attribute)), record[attribute], 0);
    }
    endResetModel();
}

void FieldModel::showExtra(const LogRecord &record)
{
    begin(Naming::Extra);
    addMembers(*m_root, Value::dict(record.extra), 0);
    endResetModel();
}

void FieldModel::showJson(std::string_view json)
{
    begin(Naming::None);
    Arena arena;
    if (const Result<Value> value = JsonReader(jsonLimits).read(json, arena))
        addMembers(*m_root, *value, 0);
    endResetModel();
}

std::vector<std::string> FieldModel::path(const Node &node) const
{
    std::vector<std::string> names;
    for (const Node *at = &node; at->parent; at = at->parent)
        names.insert(names.begin(), at->name.toStdString());
    return names;
}

// A text that is JSON as a whole is shown as what it holds, too: that is what people come to see.
void FieldModel::addJson(Node &node, std::string_view text, int depth)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[') || text.size() > maxJsonBytes)
        return;
    Arena arena;
    const Result<Value> value = JsonReader(jsonLimits).read(text, arena);
    if (!value)
        return;
    node.type += tr(", JSON");
    node.inText = true;
    addMembers(node, *value, depth);
}

void FieldModel::add(Node &parent, const QString &name, const Value &value, int depth)
{
    auto node = std::make_unique<Node>();
    node->name = name;
    node->value = valueInWords(value);
    node->type = typeInWords(value);
    node->parent = &parent;
    node->row = static_cast<int>(parent.children.size());
    ++m_nodes;
    Node &added = *parent.children.emplace_back(std::move(node));
    if (depth >= maxDepth)
        return;
    if (value.kind() == Value::Kind::Text)
        addJson(added, value.chars(), depth + 1);
    else
        addMembers(added, value, depth + 1);
}

void FieldModel::addMembers(Node &node, const Value &value, int depth)
{
    std::size_t shown = 0;
    const std::size_t all = value.isDict() ? value.entries().size() : value.items().size();
    while (shown < all && m_nodes < maxNodes) {
        if (value.isDict()) {
            const Field &field = value.entries()[shown];
            add(node, valueInWords(field.key), field.value, depth);
        } else {
            add(node, QString::number(shown), value.items()[shown], depth);
        }
        ++shown;
    }
    if (shown < all && all > 0) {
        const std::string rest = "… " + std::to_string(all - shown) + " more";
        add(node, QString(), Value::inert(rest), maxDepth);
    }
}

const FieldModel::Node &FieldModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<const Node *>(index.constInternalPointer()) : *m_root;
}

QModelIndex FieldModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node &node = nodeAt(parent);
    if (parent.column() > 0 || row < 0 || column < 0 || column >= ColumnCount ||
        row >= int(node.children.size()))
        return {};
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex FieldModel::parent(const QModelIndex &child) const
{
    const Node *parent = nodeAt(child).parent;
    if (!child.isValid() || !parent || parent == m_root.get())
        return {};
    return createIndex(parent->row, 0, parent);
}

int FieldModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent).children.size());
}

int FieldModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant FieldModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = nodeAt(index);
    const QString &text = index.column() == NameColumn ? node.name : node.value;
    switch (role) {
    case Qt::DisplayRole: {
        const qsizetype lineEnd = text.indexOf(QLatin1Char('\n'));
        if (lineEnd < 0 && text.size() <= maxShownCharacters)
            return text;
        return QString(text.left(lineEnd < 0 ? maxShownCharacters : qMin(lineEnd, maxShownCharacters)) +
                       QStringLiteral(" …"));
    }
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return text;
    case PathRole:
    case FieldRole: {
        bool isThere = m_naming != Naming::None;
        for (const Node *at = node.parent; at; at = at->parent)
            isThere = isThere && !at->inText;
        if (role == FieldRole && (!isThere || node.name.isEmpty()))
            return QString();
        ExpressionField field;
        if (m_naming == Naming::Attributes)
            field = ExpressionField::fromPath(path(node));
        else
            field.keys = path(node);
        const QString words = QString::fromStdString(field.print());
        const bool isPrefixed = m_naming == Naming::None && words.startsWith(QStringLiteral("extra."));
        return isPrefixed ? words.mid(6) : words;
    }
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n(%2)").arg(node.value.left(maxShownCharacters), node.type);
    default:
        return {};
    }
}

QString FieldModel::text() const
{
    QString out;
    const auto write = [&](const auto &self, const Node &node, int indent) -> void {
        for (const auto &child : node.children) {
            out += QString(indent * 4, QLatin1Char(' ')) + child->name + QStringLiteral(": ") + child->value +
                   QLatin1Char('\n');
            self(self, *child, indent + 1);
        }
    };
    write(write, *m_root, 0);
    return out;
}

} // namespace sluice
