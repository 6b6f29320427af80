#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;

namespace sluice {

class NodePaletteModel;
class NodeType;

/// The list of all that can be put into a chain: search, and drag onto the canvas; Enter or a double click adds in its
/// middle. For the UI thread.
class NodePalette : public QWidget
{
    Q_OBJECT

public:
    explicit NodePalette(QWidget *parent = nullptr);

    QLineEdit *field() const { return m_field; }
    QListView *list() const { return m_list; }
    NodePaletteModel *model() const { return m_model; }

Q_SIGNALS:
    void chosen(const NodeType &type);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void search(const QString &words);
    void choose(const QModelIndex &index);

    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_nothing;
    NodePaletteModel *m_model;
};

} // namespace sluice
