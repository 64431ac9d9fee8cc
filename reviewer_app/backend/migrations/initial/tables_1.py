# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.database import UtcDateTime


# fmt: off
def create() -> None:
    """Make the tables of this part."""
    _create_attempts()
    _create_audit_entries()
    _create_audit_head()
    _create_authorization_counters()
    _create_companies()
    _create_company_nips()
    _create_idempotency_keys()
    _create_outbox_mails()
    _create_staff_accounts()
    _create_users()

def _create_attempts() -> None:
    op.create_table('attempts',
        sa.Column('subject', sa.String(length=64), nullable=False), sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('last_at', UtcDateTime(), nullable=False),
        sa.Column('blocked_until', UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('subject', name=op.f('pk_attempts'))
    )

    _index_attempts()

def _index_attempts() -> None:
    op.create_index(op.f('ix_attempts_last_at'), 'attempts', ['last_at'], unique=False)

def _create_audit_entries() -> None:
    op.create_table('audit_entries',
        sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('company_id', sa.String(length=32), nullable=True),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('actor', sa.String(length=20), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('facts_digest', sa.String(length=64), nullable=False),
        sa.Column('previous_hash', sa.String(length=64), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_entries')),
        sa.UniqueConstraint('id', name=op.f('uq_audit_entries_id'))
    )

    _index_audit_entries()

def _index_audit_entries() -> None:
    op.create_index(op.f('ix_audit_entries_company_id'), 'audit_entries', ['company_id'], unique=False)

def _create_audit_head() -> None:
    op.create_table('audit_head',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('seq', sa.BigInteger(), nullable=False), sa.Column('hash', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )

def _create_authorization_counters() -> None:
    op.create_table('authorization_counters',
        sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('last', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('year', name=op.f('pk_authorization_counters'))
    )

def _create_companies() -> None:
    op.create_table('companies',
        sa.Column('id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('administrator_id', sa.String(length=64), nullable=True),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('state_rank', sa.SmallInteger(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False), sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('staff_suspended', sa.Boolean(), nullable=False),
        sa.Column('case_kind', sa.String(length=40), nullable=False),
        sa.Column('name', sa.String(length=500), nullable=False),
        sa.Column('name_key', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('legal_form', sa.String(length=60), nullable=False),
        sa.Column('nip', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('regon', sa.String(length=14), nullable=True),
        sa.Column('krs', sa.String(length=10), nullable=True),
        sa.Column('seat', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('phone', sa.String(length=40), nullable=True),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('bank_account', sa.String(length=26), nullable=True),
        sa.Column('authorization_number', sa.String(length=40), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('submitted_at', UtcDateTime(), nullable=True),
        sa.Column('decided_at', UtcDateTime(), nullable=True),
        sa.Column('waiting_key', sa.BigInteger(), nullable=False),
        sa.Column('holder_id', sa.String(length=64), nullable=True),
        sa.Column('holder_username', sa.String(length=200), nullable=True),
        sa.Column('holder_name', sa.String(length=200), nullable=True),
        sa.Column('lease_digest', sa.String(length=64), nullable=True),
        sa.Column('lease_expires_at', UtcDateTime(), nullable=True),
        sa.Column('lease_ends_at', UtcDateTime(), nullable=True),
        sa.Column('hold_reason', sa.String(length=4000), nullable=True),
        sa.Column('hold_until', UtcDateTime(), nullable=True),
        sa.Column('escalated', sa.Boolean(), nullable=False),
        sa.Column('possible_duplicate', sa.Boolean(), nullable=False),
        sa.Column('first_approver_id', sa.String(length=64), nullable=True),
        sa.Column('first_approver_username', sa.String(length=200), nullable=True),
        sa.Column('first_approver_name', sa.String(length=200), nullable=True),
        sa.Column('checks_ok', sa.SmallInteger(), nullable=False),
        sa.Column('checks_warn', sa.SmallInteger(), nullable=False),
        sa.Column('checks_fail', sa.SmallInteger(), nullable=False),
        sa.Column('checks_unknown', sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_companies'))
    )

    _index_companies()

def _index_companies() -> None:
    op.create_index('ix_companies_duplicates', 'companies', ['waiting_key', 'id'], unique=False, sqlite_where=sa.text('possible_duplicate = 1'), postgresql_where=sa.text('possible_duplicate'))
    op.create_index('ix_companies_held_back', 'companies', ['waiting_key', 'id'], unique=False, sqlite_where=sa.text('hold_reason IS NOT NULL'), postgresql_where=sa.text('hold_reason IS NOT NULL'))
    op.create_index('ix_companies_holder', 'companies', ['holder_id', 'waiting_key', 'id'], unique=False)
    op.create_index('ix_companies_name', 'companies', ['name_key', 'id'], unique=False)
    op.create_index('ix_companies_nip', 'companies', ['nip', 'id'], unique=False)
    op.create_index('ix_companies_rank', 'companies', ['state_rank', 'id'], unique=False)
    op.create_index('ix_companies_round', 'companies', ['round', 'id'], unique=False)
    op.create_index('ix_companies_second_review', 'companies', ['waiting_key', 'id'], unique=False, sqlite_where=sa.text('first_approver_id IS NOT NULL'), postgresql_where=sa.text('first_approver_id IS NOT NULL'))
    op.create_index('ix_companies_state_name', 'companies', ['state', 'name_key', 'id'], unique=False)
    op.create_index('ix_companies_state_nip', 'companies', ['state', 'nip', 'id'], unique=False)
    op.create_index('ix_companies_state_round', 'companies', ['state', 'round', 'id'], unique=False)
    op.create_index('ix_companies_state_waiting', 'companies', ['state', 'waiting_key', 'id'], unique=False)
    op.create_index('ix_companies_waiting', 'companies', ['waiting_key', 'id'], unique=False)
    op.create_index('ix_companies_waiting_name', 'companies', ['name_key', 'id'], unique=False, sqlite_where=sa.text('waiting_key <> 9223372036854775807'), postgresql_where=sa.text('waiting_key <> 9223372036854775807'))
    op.create_index('ix_companies_waiting_nip', 'companies', ['nip', 'id'], unique=False, sqlite_where=sa.text('waiting_key <> 9223372036854775807'), postgresql_where=sa.text('waiting_key <> 9223372036854775807'))
    op.create_index('ix_companies_waiting_round', 'companies', ['round', 'id'], unique=False, sqlite_where=sa.text('waiting_key <> 9223372036854775807'), postgresql_where=sa.text('waiting_key <> 9223372036854775807'))
    op.create_index('uq_companies_administrator', 'companies', ['administrator_id'], unique=True, sqlite_where=sa.text("state <> 'cleared'"), postgresql_where=sa.text("state <> 'cleared'"))
    op.create_index('uq_companies_nip_taken', 'companies', ['nip'], unique=True, sqlite_where=sa.text("state IN ('approved', 'active', 'suspended')"), postgresql_where=sa.text("state IN ('approved', 'active', 'suspended')"))

def _create_company_nips() -> None:
    op.create_table('company_nips',
        sa.Column('nip', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('declared', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('nip', name=op.f('pk_company_nips'))
    )

def _create_idempotency_keys() -> None:
    op.create_table('idempotency_keys',
        sa.Column('scope', sa.String(length=64), nullable=False),
        sa.Column('fingerprint', sa.String(length=64), nullable=False),
        sa.Column('status', sa.Integer(), nullable=False), sa.Column('headers', sa.JSON(), nullable=False),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('scope', name=op.f('pk_idempotency_keys'))
    )

    _index_idempotency_keys()

def _index_idempotency_keys() -> None:
    op.create_index(op.f('ix_idempotency_keys_created_at'), 'idempotency_keys', ['created_at'], unique=False)

def _create_outbox_mails() -> None:
    op.create_table('outbox_mails',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('company_id', sa.String(length=32), nullable=True),
        sa.Column('recipient', sa.String(length=320), nullable=False),
        sa.Column('language', sa.String(length=2), nullable=False),
        sa.Column('subject', sa.String(length=300), nullable=False), sa.Column('text', sa.Text(), nullable=False),
        sa.Column('html', sa.Text(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('due_at', UtcDateTime(), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('last_error', sa.String(length=500), nullable=False),
        sa.Column('sent_at', UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mails'))
    )

    _index_outbox_mails()

def _index_outbox_mails() -> None:
    op.create_index('ix_outbox_mails_due', 'outbox_mails', ['sent_at', 'due_at'], unique=False)

def _create_staff_accounts() -> None:
    op.create_table('staff_accounts',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('username', sa.String(length=200), nullable=False),
        sa.Column('username_folded', sa.String(length=200), nullable=False),
        sa.Column('display_name', sa.String(length=200), nullable=False),
        sa.Column('role', sa.String(length=20), nullable=False),
        sa.Column('password_hash', sa.String(length=200), nullable=False),
        sa.Column('otp_secret', sa.String(length=64), nullable=True),
        sa.Column('otp_last_step', sa.Integer(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('disabled_at', UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_accounts')),
        sa.UniqueConstraint('username_folded', name=op.f('uq_staff_accounts_username_folded'))
    )

def _create_users() -> None:
    op.create_table('users',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('email', sa.String(length=320), nullable=False),
        sa.Column('email_folded', sa.String(length=320), nullable=False),
        sa.Column('first_name', sa.String(length=80), nullable=False),
        sa.Column('last_name', sa.String(length=80), nullable=False),
        sa.Column('phone', sa.String(length=200), nullable=False),
        sa.Column('position', sa.String(length=200), nullable=False),
        sa.Column('language', sa.String(length=2), nullable=False),
        sa.Column('password_hash', sa.String(length=200), nullable=False),
        sa.Column('terms_version', sa.String(length=20), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('activated_at', UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
        sa.UniqueConstraint('email_folded', name=op.f('uq_users_email_folded'))
    )
