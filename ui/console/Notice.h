#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace sluice {

/// An empty state: what is so, what to do next, and a button that does it.
class Notice : public QWidget
{
    Q_OBJECT

public:
    explicit Notice(QWidget *parent = nullptr);

    void setWords(const QString &title, const QString &explanation);
    QPushButton *button() const { return m_button; }

private:
    QLabel *m_title;
    QLabel *m_explanation;
    QPushButton *m_button;
};

} // namespace sluice
