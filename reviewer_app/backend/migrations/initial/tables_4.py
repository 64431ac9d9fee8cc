# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.database import UtcDateTime


# fmt: off
def create() -> None:
    """Make the tables of this part."""
    _create_employees()
    _create_invitations()
    _create_addresses()
    _create_administrator_changes()

def _create_employees() -> None:
    op.create_table('employees',
        sa.Column('id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=True),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('email', sa.String(length=320), nullable=False),
        sa.Column('email_folded', sa.String(length=320), nullable=False),
        sa.Column('first_name', sa.String(length=80), nullable=False),
        sa.Column('last_name', sa.String(length=80), nullable=False),
        sa.Column('phone', sa.String(length=200), nullable=False),
        sa.Column('position', sa.String(length=200), nullable=False),
        sa.Column('language', sa.String(length=2), nullable=False),
        sa.Column('permissions', sa.String(length=60), nullable=False),
        sa.Column('superior_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=True),
        sa.Column('name_key', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('found_by', sa.String(length=1000), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('invited_at', UtcDateTime(), nullable=True),
        sa.Column('joined_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_employees_company_id_companies')),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_employees_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_employees'))
    )

    _index_employees()

def _index_employees() -> None:
    op.create_index('ix_employees_company_name', 'employees', ['company_id', 'name_key', 'id'], unique=False)
    op.create_index(op.f('ix_employees_superior_id'), 'employees', ['superior_id'], unique=False)
    op.create_index('uq_employees_email', 'employees', ['company_id', 'email_folded'], unique=True, sqlite_where=sa.text("state <> 'removed'"), postgresql_where=sa.text("state <> 'removed'"))
    op.create_index('uq_employees_user', 'employees', ['user_id'], unique=True, sqlite_where=sa.text("state <> 'removed'"), postgresql_where=sa.text("state <> 'removed'"))

def _create_invitations() -> None:
    op.create_table('invitations',
        sa.Column('token_digest', sa.String(length=64), nullable=False),
        sa.Column('employee_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('used_at', UtcDateTime(), nullable=True),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_invitations_employee_id_employees')),
        sa.PrimaryKeyConstraint('token_digest', name=op.f('pk_invitations'))
    )

    _index_invitations()

def _index_invitations() -> None:
    op.create_index(op.f('ix_invitations_employee_id'), 'invitations', ['employee_id'], unique=False)

def _create_addresses() -> None:
    op.create_table('addresses',
        sa.Column('id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('street', sa.String(length=200), nullable=False),
        sa.Column('building', sa.String(length=200), nullable=False),
        sa.Column('unit', sa.String(length=200), nullable=False),
        sa.Column('postal_code', sa.String(length=200), nullable=False),
        sa.Column('city', sa.String(length=200), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=False),
        sa.Column('phone', sa.String(length=200), nullable=False),
        sa.Column('place_key', sa.String(length=1200), nullable=False),
        sa.Column('is_default', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_addresses_company_id_companies')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_addresses'))
    )

    _index_addresses()

def _index_addresses() -> None:
    op.create_index('ix_addresses_company', 'addresses', ['company_id', 'place_key'], unique=False)
    op.create_index('uq_addresses_default', 'addresses', ['company_id', 'kind'], unique=True, sqlite_where=sa.text('is_default = 1'), postgresql_where=sa.text('is_default'))

def _create_administrator_changes() -> None:
    op.create_table('administrator_changes',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('candidate_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('requested_by', sa.String(length=32), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('authorization_number', sa.String(length=40), nullable=True),
        sa.Column('previous_sheets', sa.JSON(), nullable=False),
        sa.Column('decision_id', sa.String(length=64), nullable=True),
        sa.Column('requested_at', UtcDateTime(), nullable=False),
        sa.Column('submitted_at', UtcDateTime(), nullable=True),
        sa.Column('decided_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['candidate_id'], ['employees.id'], name=op.f('fk_administrator_changes_candidate_id_employees')),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_administrator_changes_company_id_companies')),
        sa.ForeignKeyConstraint(['requested_by'], ['users.id'], name=op.f('fk_administrator_changes_requested_by_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_administrator_changes'))
    )

    _index_administrator_changes()

def _index_administrator_changes() -> None:
    op.create_index(op.f('ix_administrator_changes_candidate_id'), 'administrator_changes', ['candidate_id'], unique=False)
    op.create_index('ix_administrator_changes_company', 'administrator_changes', ['company_id', 'requested_at'], unique=False)
    op.create_index('uq_administrator_changes_open', 'administrator_changes', ['company_id'], unique=True, sqlite_where=sa.text("state IN ('awaiting_authorization', 'pending_verification', 'correction_requested')"), postgresql_where=sa.text("state IN ('awaiting_authorization', 'pending_verification', 'correction_requested')"))
