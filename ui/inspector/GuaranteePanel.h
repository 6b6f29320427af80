#pragma once

#include "chain/RouteGuarantee.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;

namespace sluice {

class ChoiceBox;

/// What a crash, a full disk and a dead peer would cost on the routes through a node, one of them at a time, and which node of the
/// route is its weakest link. For the UI thread.
class GuaranteePanel : public QWidget
{
    Q_OBJECT

public:
    explicit GuaranteePanel(QWidget *parent = nullptr);

    /// Shows the routes of a chain that go through a node; hides if there is none. The route that is shown stays, if it is there.
    void showRoutes(const ChainGuarantee &guarantee, const std::string &node);

    /// weakestChanged() once more, for who listens from now on.
    void tellWeakest();

    ChoiceBox *routeBox() const { return m_route; }
    QLabel *crash() const { return m_crash; }
    QLabel *fullDisk() const { return m_fullDisk; }
    QLabel *deadPeer() const { return m_deadPeer; }
    QLabel *weakest() const { return m_weakest; }

Q_SIGNALS:
    /// The weakest node of the route that is shown and why it is; empty if there is none.
    void weakestChanged(const QString &node, const QString &why);

private:
    void showRoute(int index);

    ChoiceBox *m_route;
    QLabel *m_crash;
    QLabel *m_fullDisk;
    QLabel *m_deadPeer;
    QLabel *m_weakest;
    QLabel *m_cut;
    std::vector<RouteGuarantee> m_routes;
    QString m_weakestNode;
    QString m_why;
};

} // namespace sluice
