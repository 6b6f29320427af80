#pragma once

#include <QString>
#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;

namespace sluice {

/// What an empty console says: where it listens and the three lines of Python that connect; or why it does
/// not listen.
class FirstRunHint : public QWidget
{
    Q_OBJECT

public:
    explicit FirstRunHint(QWidget *parent = nullptr);

    /// `endpoint`: "127.0.0.1:9020", where Python's SocketHandler is received.
    void showListening(const QString &endpoint);
    /// `sentence`: what failed.
    void showFailure(const QString &sentence);
    /// Nothing receives; there is nothing wrong.
    void showIdle();

    QString code() const { return m_lines; }

Q_SIGNALS:
    void retryRequested();
    void openRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void setTitle(const QString &title, const QString &explanation, bool isFailure);
    /// Leaves out what there is no room for, the least needed first.
    void fit();
    void copy();

    QString m_lines;
    bool m_isListening = false;
    QLabel *m_title;
    QLabel *m_explanation;
    QFrame *m_codeFrame;
    QLabel *m_code;
    QLabel *m_levelHint;
    QPushButton *m_copy;
    QPushButton *m_retry;
    QPushButton *m_open;
};

} // namespace sluice
